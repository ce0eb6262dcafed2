import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, hostState, Instance } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
let instance: Instance
let before: string
beforeEach(() => {
  before = hostState()
  instance = new Instance()
})
afterEach(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

const sleepers = (count: number): string =>
  `containers:\n${Array.from({ length: count }, (_, position) => `  s${position}: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }\n`).join('')}`

/** Through bash, which changes what a child gets; `$CLI` is the command line. */
function shell(script: string): Answer {
  const { status, signal, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: instance.base,
    env: { ...instance.environment, CLI: `${process.execPath} ${cli}`, HEROPODS_YES: '1' },
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(stdout + stderr).not.toMatch(/error\[internal\]|^\s+at /m)
  return { code: status, signal, stdout, stderr }
}

describe('bare surroundings', () => {
  it('in a folder that was deleted commands work, but for paths that start from it', () => {
    const file = instance.stack(sleepers(1))
    const gone = join(instance.base, 'gone')
    const there = (script: string): Answer => {
      mkdirSync(gone)
      return shell(`cd gone; rmdir ../gone; ${script}`)
    }
    expect(there(`$CLI apply ${file} && $CLI ps && $CLI exec s0 true && $CLI restart s0`).code).toBe(0)
    for (const script of ['$CLI apply stack.yaml', '$CLI diff', '$CLI watch stacks', 'HEROPODS_DIR=data $CLI ps']) {
      const answer = there(script)
      expect(answer.code, script).toBe(3)
      expect(answer.stderr, script).toContain('working-folder-gone')
    }
  })

  it('TMPDIR is used for nothing', () => {
    instance.stack(sleepers(1))
    expect(shell('TMPDIR=/nonexistent HOME=/nonexistent $CLI apply test.yaml').code).toBe(0)
    expect(shell('TMPDIR=/nonexistent $CLI exec s0 echo hello').stdout).toBe('hello\n')
    expect(shell('TMPDIR=/proc $CLI exec -i s0 cat <<< in').stdout).toBe('in\n')
  })

  it('an output that cannot be written ends what only speaks, and not what works', () => {
    instance.stack(sleepers(3))
    const apply = shell('$CLI apply test.yaml > /dev/full')
    expect(apply.code).toBe(1)
    expect(apply.stderr).toContain('output-unwritable')
    expect(instance.steps()).toEqual([])
    const ps = shell('$CLI ps > /dev/full')
    expect(ps.code).toBe(1)
    expect(ps.stderr).toContain('output-unwritable')
    expect(shell('$CLI ps > /dev/full 2> /dev/full').code).toBe(1)
    expect(shell('$CLI ps >&- 2>&- <&-').code).toBe(0)
    expect(shell('$CLI ps | head -1').code).toBe(0)
    expect(shell('$CLI apply test.yaml --json | true').code).toBe(0)
  })

  it('with few descriptors or processes work goes slowly, and with too few, or with small files alone, it says so', () => {
    instance.stack(sleepers(8))
    const few = shell('ulimit -n 36; $CLI apply test.yaml')
    expect(few.code).toBe(1)
    expect(few.stderr).toContain('too-many-open-files')
    expect(shell('ulimit -n 128; $CLI apply test.yaml').code).toBe(0)
    const small = (command: string): Answer =>
      shell(
        `set -o pipefail; setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource bash -c 'ulimit -f 16; $CLI ${command}' | cat`,
      )
    expect(small('restart s0').stderr).toMatch(/file-size-limited.* 16384 bytes.*\n.*ulimit -f/)
    expect(small('ps').code).toBe(0)
    expect(shell('ulimit -S -f 16; $CLI restart s0').code).toBe(0)
    instance.ok('destroy', 'test', '--yes')
    const cgroup = `/sys/fs/cgroup${existsSync('/sys/fs/cgroup/pids') ? '/pids' : ''}/heropods-test-${process.pid}`
    mkdirSync(cgroup)
    try {
      writeFileSync(join(cgroup, 'pids.max'), '24')
      expect(shell(`echo $$ > ${cgroup}/cgroup.procs; $CLI apply test.yaml`).code).toBe(0)
    } finally {
      rmdirSync(cgroup)
    }
  })
})

describe('folders in folders deeper than a path may be long', () => {
  it('go with their layer, their volume and their stack', () => {
    const name = 'd'.repeat(200)
    const dig = `for b in / /data; do cd $$b; i=0; while [ $$i -lt 40 ]; do mkdir ${name} && cd -P ${name} || break; i=$$((i+1)); done; touch leaf; done; exec sleep 1000`
    const stack = (value: string): string =>
      `volumes: { data: }\ncontainers: ${JSON.stringify({ deep: { image: 'busybox', network_mode: 'none', stop_grace_period: '0s', command: ['sh', '-c', dig], volumes: ['data:/data'], environment: { X: value } } })}`
    instance.stack(stack('one'))
    instance.apply()
    instance.stack(stack('two'))
    expect(instance.apply()).toContain('restarted')
    instance.ok('destroy', 'test', '--yes', '--delete-data')
    expect(existsSync(join(instance.data, 'volumes/test/data'))).toBe(false)
    rmSync(join(instance.base, 'test.yaml'))
  })
})

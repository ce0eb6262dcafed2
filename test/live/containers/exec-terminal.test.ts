import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
let instance: Instance
let before: string

beforeAll(() => {
  before = hostState()
  instance = new Instance()
  instance.stack(
    'containers:\n  web: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }\n',
  )
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

/** Runs `heropods exec` on a terminal of 37 lines and 111 columns, with what is typed there. */
function onTerminal(options: string, script: string, typed = ''): { code: number | null; lines: readonly string[] } {
  // What a command writes last before it ends at once, crun may show as a message of its own.
  const command = `stty rows 37 cols 111; exec "$NODE" "$CLI" exec ${options} web sh -c "$SCRIPT"`
  const { status, stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: instance.base,
    env: {
      ...instance.environment,
      NODE: process.execPath,
      CLI: cli,
      SCRIPT: `${script}; code=$?; sleep 0.3; exit $code`,
      SHELL: '/bin/sh',
    },
    encoding: 'utf8',
    input: typed,
    timeout: 60_000,
  })
  // The end of what is typed shows as ^@.
  return { code: status, lines: stdout.replaceAll('^@', '').split(/\r?\n/).filter(Boolean) }
}

describe('exec -t', () => {
  it('gives the command a terminal of its own, as large as the one it was called from', () => {
    // Its size comes a moment after the start, as with Docker.
    const size = 'until stty size 2>&1 | grep -q ^[1-9]; do sleep 0.1; done; stty size'
    const ask = `for fd in 0 1 2; do test -t $fd && echo $fd is one; done; tty; ${size}; echo $TERM`
    const { code, lines } = onTerminal('-t', ask)
    expect(lines).toEqual(['0 is one', '1 is one', '2 is one', '/dev/pts/0', '37 111', 'xterm'])
    expect(code).toBe(0)
  })

  it('answers with the exit code of the command', () => {
    expect(onTerminal('-t', '(exit 7)').code).toBe(7)
    expect(onTerminal('-t', 'kill -9 $$').code).toBe(137)
  })

  it('passes on what is typed, with -i', () => {
    const { code, lines } = onTerminal('-i -t', 'read -r line; echo "read $line"', 'some words\n')
    expect(lines).toContain('read some words')
    expect(code).toBe(0)
  })

  it('shows nothing of the caller’s own terminal', () => {
    const { lines } = onTerminal('-t', 'for fd in 0 1 2; do readlink /proc/$$/fd/$fd; done; echo $(ls /dev/pts)')
    expect(lines).toEqual(['/dev/pts/0', '/dev/pts/0', '/dev/pts/0', '0 ptmx'])
  })

  it('is refused where there is no terminal; without it the command has none', () => {
    const refused = instance.heropods(['exec', '-t', 'web', 'true'])
    expect(refused).toMatchObject({ code: 125 })
    expect(refused.stderr).toContain('not-a-terminal')
    expect(instance.exec('web', 'sh', '-c', 'test -t 0 || test -t 1 || echo none')).toBe('none\n')
  })
})

import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clearedInstance } from './hooks.ts'

/** Containers, servers and people that do what is not expected of them. */
const instance = clearedInstance()
const cli = join(import.meta.dirname, '../../dist/heropods.js')

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, network_mode: none'
const freeze = (): void => {
  const { containers } = JSON.parse(instance.ok('inspect', 'a')) as { containers: { cgroup: string }[] }
  const v1 = readFileSync('/proc/mounts', 'utf8').includes(' /sys/fs/cgroup/freezer ')
  const file = v1
    ? join('/sys/fs/cgroup/freezer', containers[0]?.cgroup ?? '', 'freezer.state')
    : join('/sys/fs/cgroup', containers[0]?.cgroup ?? '', 'cgroup.freeze')
  writeFileSync(file, v1 ? 'FROZEN' : '1')
}

/** Runs the command line on a terminal of its own; `answer` is typed when the question stands there. */
async function onTerminal(command: string, answer: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `${process.execPath} ${cli} ${command}`, '/dev/null'],
    {
      cwd: instance.base,
      env: { ...instance.environment, TERM: 'xterm' },
    },
  )
  let output = ''
  let answered = false
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (answered || !output.includes('Only "yes" is accepted')) return
    answered = true
    child.stdin.write(answer)
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output }
}

describe('containers', () => {
  it('held still are changed, stopped and removed all the same', () => {
    instance.stack(`containers: { a: { ${sleeper} } }\n`)
    instance.apply()
    freeze()
    expect(instance.containers().get('a')?.state).toBe('paused')
    instance.stack(`containers: { a: { ${sleeper}, environment: { NEW: "1" } } }\n`)
    instance.apply()
    expect(instance.containers().get('a')?.state).toBe('running')
    freeze()
    instance.ok('destroy', '--yes', 'test')
    expect(instance.containers().size).toBe(0)
  })

  it('that crash at once are told with their last lines, and go on being tried', async () => {
    instance.stack(
      'containers: { a: { image: busybox, command: [sh, -c, "test -e /ready && exec sleep 1000; touch /ready; echo not yet; exit 3"], restart: always, stop_grace_period: 0s, network_mode: none } }\n',
    )
    const { code, stdout } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/exited with code 3[\s\S]*not yet/)
    await expect.poll(() => instance.containers().get('a')?.state, { timeout: 15_000 }).toBe('running')
    const plan = instance.ok('diff', 'test.yaml')
    expect(plan).toMatch(/! its creation failed in generation \d+: exited with code 3 right after its start$/m)
    expect(plan).not.toContain('record is lost')
    const pid = instance.pids()
    instance.apply()
    expect(instance.steps()).toEqual([])
    expect(instance.pids()).toEqual(pid)
  })

  it('that wait for their next start are no drift', async () => {
    instance.stack(
      'containers: { a: { image: busybox, command: [sh, -c, "sleep 1.2; exit 4"], restart: always, stop_grace_period: 0s, network_mode: none } }\n',
    )
    instance.apply()
    await expect.poll(() => instance.containers().get('a')?.state, { timeout: 30_000, interval: 20 }).toBe('restarting')
    expect(instance.containers().get('a')?.drift).toEqual([])
  })
})

describe('Redis', () => {
  it('lost during an apply is told; the next apply completes it', async () => {
    // What comes second waits for a file: the apply is under way for as long as that is not there.
    const gate = instance.write('gate/none', '')
    const second = `b: { image: busybox, command: [sleep, "1000"], network_mode: none, depends_on: { a: { condition: service_healthy } }, stop_grace_period: 0s }`
    const health = `volumes: ["${dirname(gate)}:/gate"], healthcheck: { test: [CMD, test, -e, /gate/open], interval: 200ms, retries: 1000 }`
    instance.stack(`containers: { a: { ${sleeper}, ${health} }, ${second} }\n`)
    const child = spawn(process.execPath, [cli, 'apply', '--yes', 'test.yaml'], {
      cwd: instance.base,
      env: instance.environment,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    await expect.poll(() => output, { timeout: 30_000, interval: 20 }).toMatch(/container\/a (created|restarted)/)
    process.kill(Number(readFileSync(join(instance.run, 'redis.pid'), 'utf8')), 'SIGKILL')
    instance.write('gate/open', '')
    expect(await ended, output).toBe(1)
    expect(output).toMatch(/redis-lost/)
    expect(output).not.toMatch(/\.js:\d+/)
    instance.apply()
    expect([...instance.containers().values()].map((one) => one.state)).toEqual(['running', 'running'])
    expect(instance.steps()).toEqual([])
  })
})

describe('people', () => {
  it('who say no, or nothing, change nothing', async () => {
    instance.stack(`containers: { a: { ${sleeper} } }\n`)
    expect(instance.heropods(['apply', 'test.yaml'], { HEROPODS_YES: '0' }).code).toBe(3)
    expect((await onTerminal('apply test.yaml', 'no\n')).code).toBe(3)
    const interrupted = await onTerminal('apply test.yaml', '\u0003')
    expect(interrupted.code).toBe(130)
    expect(interrupted.output).toMatch(/Nothing was changed/)
    expect(instance.containers().size).toBe(0)
    const agreed = await onTerminal('apply test.yaml', 'yes\n')
    expect(agreed.code).toBe(0)
    expect(agreed.output).toMatch(/test\/container\/a created/)
  })

  it('whose plans are read by others do not give their secrets away', () => {
    instance.stack(
      `variables: { pw: { required: true, sensitive: true } }\ncontainers: { a: { ${sleeper}, environment: { PW: "\${pw}" } } }\n`,
    )
    instance.ok('diff', 'test.yaml', '--var', 'pw=a-secret-word', '--out', 'plan.json')
    expect(readFileSync(join(instance.base, 'plan.json'), 'utf8')).not.toContain('a-secret-word')
    expect(instance.heropods(['apply', 'plan.json']).code).toBe(3)
    const other = instance.heropods(['apply', 'plan.json', '--var', 'pw=another'])
    expect(other.code).toBe(3)
    expect(other.stderr).toMatch(/saved: test\/container\/a differs from it/)
    instance.ok('apply', 'plan.json', '--var', 'pw=a-secret-word')
    expect(instance.exec('a', 'env')).toContain('PW=a-secret-word')
  })

  it('who mistype options are told', () => {
    instance.stack(`containers: { a: { ${sleeper} } }\n`)
    instance.apply()
    const wrong: readonly (readonly string[])[] = [
      ['stop', '-t', 'abc', 'a'],
      ['logs', '--tail', 'abc', 'a'],
      ['logs', '--since', 'abc', 'a'],
      ['apply', '--lock-timeout', 'abc', 'test.yaml'],
      ['diff', 'test.yaml', '--out', '/no/such/folder/plan.json'],
      ['apply', '--yes', '--profile', 'nosuch', 'test.yaml'],
      ['ps', 'nosuch'],
      ['image', 'rm'],
    ]
    for (const args of wrong) {
      const { code, stderr } = instance.heropods(args)
      expect(`${args.join(' ')}: ${code} ${stderr}`).toMatch(/: 3 error\[(?!internal)/)
    }
  })
})

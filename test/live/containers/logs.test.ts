import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownInstance } from '../hooks.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
const instance = ownInstance()

const options = { cwd: '', env: {} as NodeJS.ProcessEnv }
const run = () => Object.assign(options, { cwd: instance.base, env: instance.environment })

it('`logs` gives the bytes that were written: long lines, characters across reads, no encoding at all', () => {
  instance.stack(`containers:
  loud:
    image: busybox
    network_mode: none
    stop_grace_period: 0s
    command: [sh, -c, 'printf x; yes € | head -n 9000 | tr -d "\\n"; echo; printf "\\200\\377\\n"; exec sleep 1000']
`)
  instance.apply()
  const { stdout } = spawnSync(process.execPath, [cli, 'logs', 'loud'], run())
  const lines = stdout.toString('latin1').split('\n')
  expect(lines.at(-2)).toBe('\x80\xff')
  const long = Buffer.from(lines[0] ?? '', 'latin1').toString()
  expect(long.length).toBeGreaterThan(8192)
  expect(long.replaceAll('€', '')).toBe('x')
})

it('`logs -f` follows across a rotation and a recreate, and ends with the container or at Ctrl-C', {
  timeout: 60_000,
}, async () => {
  const stack = (more: string): string =>
    instance.stack(
      `containers:
  tick:
    image: busybox
    network_mode: none
    stop_grace_period: 0s
    logging: { options: { max-size: 1k } }
    ${more}
    command: [sh, -c, "i=0; while true; do i=$$((i+1)); echo line $$i; sleep 0.05; done"]
`,
      'ticks',
    )
  stack('environment: { A: "1" }')
  instance.apply('ticks.yaml')
  const follower = spawn(process.execPath, [cli, 'logs', '-f', 'tick'], run())
  let output = ''
  follower.stdout.on('data', (text: Buffer) => (output += text))
  const numbers = (): readonly number[] => [...output.matchAll(/line (\d+)\n/g)].map(([, number]) => Number(number))
  await expect.poll(() => numbers().length, { timeout: 20_000 }).toBeGreaterThan(30)
  // Nothing to do, but for the log.
  instance.apply('ticks.yaml')
  const rotated = numbers().length
  await expect.poll(() => numbers().length, { timeout: 20_000 }).toBeGreaterThan(rotated + 10)
  stack('environment: { A: "2" }')
  instance.apply('ticks.yaml')
  await expect.poll(() => numbers().lastIndexOf(1), { timeout: 20_000 }).toBeGreaterThan(0)
  const all = numbers()
  const [first, second] = [all.slice(0, all.lastIndexOf(1)), all.slice(all.lastIndexOf(1))]
  for (const lines of [first, second]) expect(lines).toEqual(lines.map((_, index) => index + 1))
  const other = spawn(process.execPath, [cli, 'logs', '-f', '--tail', '1', 'tick'], run())
  await once(other.stdout, 'data')
  other.kill('SIGINT')
  expect(await once(other, 'exit')).toEqual([null, 'SIGINT'])
  instance.ok('stop', 'tick')
  expect(await once(follower, 'exit')).toEqual([0, null])
})

it('on a terminal a mark is between two runs; `--previous` prints the run before the last one', () => {
  instance.stack(
    `containers:
  twice:
    image: busybox
    network_mode: none
    stop_grace_period: 0s
    command: [sh, -c, 'if [ -e /second ]; then echo second run; exec sleep 1000; fi; touch /second; echo first run; sleep 1000']
`,
    'twice',
  )
  instance.apply('twice.yaml')
  const refused = instance.heropods(['logs', '--previous', 'twice'])
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('error[no-previous-run]')
  instance.ok('restart', 'twice')
  const command = `exec ${process.execPath} ${cli} logs twice`
  const { stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    ...run(),
    env: { ...instance.environment, NO_COLOR: '1' },
    encoding: 'utf8',
  })
  const lines = stdout.split(/\r?\n/).filter(Boolean)
  expect(lines).toEqual([
    'first run',
    expect.stringMatching(/^--- exited with code 137, .+ at \S+Z, started again \d+\.\ds later ---$/),
    'second run',
  ])
  expect(instance.ok('logs', 'twice')).toBe('first run\nsecond run\n')
  expect(instance.ok('logs', '--previous', 'twice')).toBe('first run\n')
  expect(instance.ok('logs', '--previous', '--tail', '1', 'twice')).toBe('first run\n')
  expect(instance.ok('logs', '--previous', '--tail', '0', 'twice')).toBe('')
  expect(instance.heropods(['logs', '-f', '--previous', 'twice']).stderr).toContain('--previous cannot be used with -f')
})

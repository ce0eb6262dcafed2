import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Launcher, shellLine } from '../../src/host/local/processes/launcher.ts'

const hostile = ["it's", '$(touch /tmp/x)', '`id`', 'a\nb', '"', '\\', '', ' ; exit 3', '*', '>&2']
let folder = ''
let answer = 0
let launcher: Launcher

beforeEach(() => {
  folder = mkdtempSync('/tmp/hp-launcher-')
  answer = openSync(join(folder, 'answer'), 'w+')
  launcher = new Launcher(undefined)
})
afterEach(async () => {
  await launcher.end()
  closeSync(answer)
  rmSync(folder, { recursive: true, force: true })
})

const written = (): string => readFileSync(join(folder, 'answer'), 'utf8')
const script = (text: string, ...args: readonly string[]) => ({
  program: 'sh',
  args: ['-c', text, 'sh', ...args],
  descriptors: [answer],
})

it('passes arguments, environment and folder as they are', async () => {
  const command = script('printf "%s|" "$@" "$A" "$PWD" >&3', ...hostile)
  const place = realpathSync(folder)
  await launcher.run({ ...command, env: { A: "'$HOME'" }, cwd: place })
  expect(written()).toBe([...hostile, "'$HOME'", place, ''].join('|'))
})

it('answers with the exit code and the errors of each command, in their order', async () => {
  const [one, two, none] = await Promise.all([
    launcher.run(script('echo wrong >&2; echo hidden; exit 4')),
    launcher.run(script('exit 0')),
    launcher.run({ program: 'heropods-no-such-program', args: [] }),
  ])
  expect(one).toMatchObject({ exitCode: 4, stderr: 'wrong\n', stdout: '', missing: false })
  expect(two).toMatchObject({ exitCode: 0, stderr: '' })
  expect(none).toMatchObject({ exitCode: 127, missing: true })
})

it('does not answer for commands after its own end', async () => {
  const killed = launcher.run({ program: 'sh', args: ['-c', 'kill -9 $PPID'] })
  expect(await killed).toBeUndefined()
  expect(await launcher.run(script('exit 0'))).toBeUndefined()
})

it('does not wait longer for a command than its time, and starts no other one then', async () => {
  const start = Date.now()
  const late = await launcher.run({ program: 'sleep', args: ['20'], timeoutMs: 50 })
  expect(late).toMatchObject({ exitCode: undefined, signal: 'SIGKILL' })
  expect(Date.now() - start).toBeLessThan(10_000)
  expect(await launcher.run(script('exit 0'))).toBeUndefined()
})

it('gives its commands no descriptor of the lock', async () => {
  const lock = openSync(join(folder, 'lock'), 'w')
  const withLock = new Launcher(lock)
  try {
    await withLock.run(script('ls -l /proc/self/fd >&3'))
    expect(written()).toContain('/answer')
    expect(written()).not.toContain('/lock')
  } finally {
    await withLock.end()
    closeSync(lock)
  }
  expect(shellLine({ program: 'true', args: [] }, 1, 'm')).toContain(' 3>&-;')
})

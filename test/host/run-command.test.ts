import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCommand } from '../../src/host/local/processes/run-command.ts'
import { ThisProcess } from '../../src/host/local/processes/this-process.ts'

const run = (text: string, more: { input?: string; timeoutMs?: number } = {}, signal?: AbortSignal) =>
  runCommand(new ThisProcess(), { program: 'sh', args: ['-c', text], ...more }, [], signal)

it('returns output, errors and the exit code of a command, and gives it its input', async () => {
  expect(await run('cat; echo no >&2; exit 3', { input: 'given ✓' })).toMatchObject({
    exitCode: 3,
    signal: undefined,
    stdout: 'given ✓',
    stderr: 'no\n',
    missing: false,
  })
  expect(await run('cat')).toMatchObject({ exitCode: 0, stdout: '' })
  // A program that does not read its input.
  expect(await run('exit 0', { input: 'x'.repeat(1 << 20) })).toMatchObject({ exitCode: 0 })
})

it('does not raise for a program or a folder that does not exist, nor for arguments that are too long', async () => {
  const own = new ThisProcess()
  expect(await runCommand(own, { program: 'heropods-no-such-program', args: [] }, [])).toMatchObject({
    exitCode: undefined,
    missing: true,
  })
  expect(await runCommand(own, { program: 'true', args: ['x'.repeat(1 << 22)] }, [])).toMatchObject({
    exitCode: undefined,
    missing: false,
    stderr: expect.stringContaining('E2BIG'),
  })
})

it('ends a command after its time, and when it is aborted', async () => {
  expect(await run('exec sleep 10', { timeoutMs: 50 })).toMatchObject({ exitCode: undefined, signal: 'SIGTERM' })
  const abort = new AbortController()
  const aborted = run('exec sleep 10', {}, abort.signal)
  abort.abort()
  expect(await aborted).toMatchObject({ exitCode: undefined, signal: 'SIGTERM' })
  expect(await run('exec sleep 10', {}, abort.signal)).toMatchObject({ exitCode: undefined, signal: 'SIGTERM' })
})

it('passes descriptors as 3, 4 ..., and no variable of this process', async () => {
  const folder = mkdtempSync('/tmp/hp-run-')
  const [one, two] = ['one', 'two'].map((name) => openSync(join(folder, name), 'w'))
  process.env.HEROPODS_OF_THIS_PROCESS = 'secret'
  try {
    const command = { program: 'sh', args: ['-c', 'echo a >&3; env >&4'], env: { GIVEN: '1' } }
    await runCommand(new ThisProcess(), command, [one ?? -1, two ?? -1])
    expect(readFileSync(join(folder, 'one'), 'utf8')).toBe('a\n')
    expect(readFileSync(join(folder, 'two'), 'utf8')).toContain('GIVEN=1\n')
    expect(readFileSync(join(folder, 'two'), 'utf8')).not.toContain('secret')
  } finally {
    delete process.env.HEROPODS_OF_THIS_PROCESS
    for (const descriptor of [one, two]) closeSync(descriptor ?? -1)
    rmSync(folder, { recursive: true, force: true })
  }
})

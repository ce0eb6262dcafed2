import { spawn } from 'node:child_process'
import type { Command, StreamResult } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { traceCommand } from './run-command.ts'

const maxErrorCharacters = 2000

/** See `CommandReader.stream`. The default time limit is 60 s. */
export function stream(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<StreamResult> {
  traceCommand(command)
  const child = spawn(command.program, [...command.args], {
    cwd: command.cwd ?? '/',
    env: { PATH: safePath, LC_ALL: 'C', ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: command.timeoutMs ?? 60_000,
    killSignal: 'SIGKILL',
  })
  let [errors, ended] = ['', false]
  // A program may end before it has read its input.
  child.stdin.on('error', () => undefined).end(command.input ?? '')
  child.stdout.on('data', (chunk: Buffer) => {
    if (ended || onChunk(chunk)) return
    ended = true
    child.stdout.destroy()
    child.kill('SIGKILL')
  })
  child.stderr.on('data', (text: Buffer) => {
    errors = `${errors}${text}`.slice(-maxErrorCharacters)
  })
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: undefined, stderr: error.message, missing: error.code === 'ENOENT' }),
    )
    child.once('close', (code) =>
      resolve({ exitCode: ended ? undefined : (code ?? undefined), stderr: errors, missing: false }),
    )
  })
}

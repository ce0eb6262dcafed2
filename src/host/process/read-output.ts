import { spawn } from 'node:child_process'
import type { Command } from '../host.ts'
import { safePath } from '../requirements.ts'
import { traceCommand } from './run-command.ts'

export interface OutputResult {
  /** undefined: it was ended, or could not be started. */
  readonly exitCode: number | undefined
  /** The end of what it wrote on standard error. */
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

const mostErrors = 2000

/**
 * Runs a program that only reads and hands on its output as it comes: of long output nothing is kept. It is ended where `onChunk` answers
 * false, and when its time (default 60 s) is over.
 */
export function readOutput(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<OutputResult> {
  traceCommand(command)
  const child = spawn(command.program, [...command.args], {
    cwd: command.cwd ?? '/',
    env: { PATH: safePath, LC_ALL: 'C', ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: command.timeout ?? 60_000,
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
    errors = `${errors}${text}`.slice(-mostErrors)
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

import { spawn } from 'node:child_process'
import type { Command } from './host.ts'
import { safePath } from './requirements.ts'
import { traceCommand } from './run-command.ts'

export interface LinesResult {
  /** undefined: it was ended, or could not be started. */
  readonly exitCode: number | undefined
  /** The end of what it wrote on standard error. */
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

/** A line longer than this is nothing that a program means to tell, characters. */
const longestLine = 64 * 1024
const mostErrors = 2000

/**
 * Runs a program that only reads and hands on its lines as they come: of long output nothing is kept. It is ended where `onLine` answers
 * false, at a line without end, and when its time (default 60 s) is over.
 */
export function readLines(command: Command, onLine: (line: string) => boolean): Promise<LinesResult> {
  traceCommand(command)
  const child = spawn(command.program, [...command.args], {
    cwd: command.cwd ?? '/',
    env: { PATH: safePath, LC_ALL: 'C', ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: command.timeout ?? 60_000,
    killSignal: 'SIGKILL',
  })
  let [rest, errors, ended] = ['', '', false]
  const end = (): void => {
    ended = true
    child.stdout.destroy()
    child.kill('SIGKILL')
  }
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (ended) return
    if (lines.some((line) => !onLine(line)) || rest.length > longestLine) end()
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

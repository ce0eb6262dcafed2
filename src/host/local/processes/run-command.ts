import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Command, CommandResult } from '../../contract/commands.ts'
import { codeOf } from '../../error-code.ts'
import { safePath } from '../../requirements.ts'
import type { ThisProcess } from './this-process.ts'

const defaultTimeoutMs = 60_000
/** Time between SIGTERM and SIGKILL for a command that is ended, milliseconds. */
const graceMs = 5000
const maxOutputBytes = 256 * 1024 * 1024

/** Runs a command whose child inherits `descriptors` as 3, 4 ...; never raises for its exit. */
export const runCommand = async (
  thisProcess: ThisProcess,
  command: Command,
  descriptors: readonly number[],
  signal?: AbortSignal,
): Promise<CommandResult> =>
  (await thisProcess.children.start(() => runChild(thisProcess, command, descriptors, signal))).result

interface Ending {
  readonly result: CommandResult
  /** The kernel's error code if the program did not run. */
  readonly failure: string | undefined
}

function runChild(
  thisProcess: ThisProcess,
  command: Command,
  descriptors: readonly number[],
  signal?: AbortSignal,
): Promise<Ending> {
  traceCommand(command)
  const stdio: StdioOptions = [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', ...descriptors]
  let child: ChildProcess
  try {
    child = thisProcess.oomScore.duringStart(() =>
      spawn(command.program, [...command.args], {
        env: { PATH: safePath, LC_ALL: 'C', ...command.env },
        cwd: command.cwd ?? '/',
        stdio,
      }),
    )
  } catch (error) {
    return Promise.resolve(notRun(command, error))
  }
  const end = (): void => endChild(child)
  // Node returns a child without pipes if this process may open no more files.
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => collect(stream, end))
  // A program may end before it has read its input; its exit code reports that.
  child.stdin?.on('error', () => undefined).end(command.input)
  const expiry = setTimeout(end, command.timeoutMs ?? defaultTimeoutMs)
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)
  return new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve(notRun(command, error)))
    child.once('close', (code, by) => {
      const texts = { stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' }
      const result = { command, exitCode: code ?? undefined, signal: by ?? undefined, ...texts, missing: false }
      resolve({ result, failure: undefined })
    })
  }).finally(() => {
    clearTimeout(expiry)
    signal?.removeEventListener('abort', end)
  })
}

function notRun(command: Command, error: unknown): Ending {
  const failure = codeOf(error)
  const stderr = error instanceof Error ? error.message : ''
  const result = { command, exitCode: undefined, signal: undefined, stdout: '', stderr, missing: failure === 'ENOENT' }
  return { result, failure }
}

function endChild(child: ChildProcess): void {
  child.kill('SIGTERM')
  const expiry = setTimeout(() => child.kill('SIGKILL'), graceMs)
  child.once('close', () => clearTimeout(expiry))
}

/** Collects the output of a child. Calls `end` if it is too large. */
function collect(stream: Readable | null, end: () => void): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= maxOutputBytes) chunks.push(chunk)
    else end()
  })
  return () => Buffer.concat(chunks).toString()
}

/** Appends the arguments of a command to the file HEROPODS_DEBUG_COMMANDS, as one JSON line. */
export function traceCommand(command: Command): void {
  const file = process.env.HEROPODS_DEBUG_COMMANDS
  if (file) appendFileSync(file, `${JSON.stringify([command.program, ...command.args])}\n`)
}

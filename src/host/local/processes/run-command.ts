import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import type { Command, CommandResult } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import type { ThisProcess } from './this-process.ts'

const defaultTimeoutMs = 60_000
const maxOutputBytes = 256 * 1024 * 1024

/** Runs a command; never raises for its exit. Does not load execa: loading it takes most of the time of an empty diff. */
export const runWithoutDescriptors = async (
  thisProcess: ThisProcess,
  command: Command,
  signal?: AbortSignal,
): Promise<CommandResult> => (await thisProcess.children.start(() => withExecFile(command, signal))).result

/** Runs a command whose child inherits descriptors. execa is loaded for the first such command. */
export const runWithDescriptors = async (
  thisProcess: ThisProcess,
  command: Command,
  descriptors: readonly number[],
  signal?: AbortSignal,
): Promise<CommandResult> =>
  (await thisProcess.children.start(() => withExeca(thisProcess, command, descriptors, signal))).result

interface Ending {
  readonly result: CommandResult
  /** The kernel's error code if the program did not run. */
  readonly failure: string | undefined
}

const childOptions = ({ env, cwd, timeoutMs }: Command) => ({
  env: { PATH: safePath, LC_ALL: 'C', ...env },
  cwd: cwd ?? '/',
  timeout: timeoutMs ?? defaultTimeoutMs,
  maxBuffer: maxOutputBytes,
})

function withExecFile(command: Command, signal?: AbortSignal): Promise<Ending> {
  traceCommand(command)
  return new Promise((resolve) => {
    const options = { ...childOptions(command), ...(signal && { signal }) }
    const child = execFile(command.program, [...command.args], options, (error, stdout, stderr) => {
      // Node declares the code as a number, but it is a string if the program was not started.
      const code: unknown = error?.code
      const refused = typeof code === 'string' ? code : undefined
      const result = {
        command,
        exitCode: error === null ? 0 : typeof code === 'number' ? code : undefined,
        signal: error?.signal ?? undefined,
        stdout,
        stderr: stderr || (refused === undefined ? '' : (error?.message ?? '')),
        missing: refused === 'ENOENT',
      }
      resolve({ result, failure: refused })
    })
    // A program may end before it has read its input; its exit code reports that.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(command.input ?? '')
  })
}

async function withExeca(
  thisProcess: ThisProcess,
  command: Command,
  descriptors: readonly number[],
  signal?: AbortSignal,
): Promise<Ending> {
  const { execa } = await import('execa')
  traceCommand(command)
  const stdin = command.input === undefined ? 'ignore' : 'pipe'
  // The child is started before this function returns its promise.
  const start = async () =>
    execa(command.program, [...command.args], {
      ...childOptions(command),
      reject: false,
      extendEnv: false,
      stripFinalNewline: false,
      stdio: [stdin, 'pipe', 'pipe', ...descriptors] as ['pipe', 'pipe', 'pipe'],
      ...(command.input !== undefined && { input: command.input }),
      ...(signal && { cancelSignal: signal }),
    })
  const ended = await thisProcess.oomScore.duringStart(start).catch((error: unknown) => {
    if (error instanceof TypeError) return undefined
    throw error
  })
  if (ended === undefined) return withoutPipes(command)
  const failure = ended.exitCode === undefined && ended.signal === undefined ? ended.code : undefined
  const result = {
    command,
    exitCode: ended.exitCode,
    signal: ended.signal,
    stdout: String(ended.stdout ?? ''),
    stderr: String(ended.stderr ?? '') || (failure === undefined ? '' : (ended.originalMessage ?? '')),
    missing: ended.code === 'ENOENT',
  }
  return { result, failure }
}

/** Node returns a child without pipes if this process may open no more files, and execa raises a TypeError for it. */
function withoutPipes(command: Command): Ending {
  const stderr = `spawn ${command.program} EMFILE`
  return {
    result: { command, exitCode: undefined, signal: undefined, stdout: '', stderr, missing: false },
    failure: 'EMFILE',
  }
}

/** Appends the arguments of a command to the file HEROPODS_DEBUG_COMMANDS, as one JSON line. */
export function traceCommand(command: Command): void {
  const file = process.env.HEROPODS_DEBUG_COMMANDS
  if (file) appendFileSync(file, `${JSON.stringify([command.program, ...command.args])}\n`)
}

import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { HeroPodsError } from '../../model/errors.ts'
import { faultOfProgram } from '../../model/system-fault.ts'
import type { Command, CommandResult } from '../host.ts'
import { safePath } from '../requirements.ts'
import { startWithRoom } from './crowd.ts'
import { withOrdinaryOomScore } from './oom-score.ts'

const defaultTimeout = 60_000
const maxOutput = 256 * 1024 * 1024

/** Runs a command to its end; never throws for how it ends. Without execa, since most of an empty diff is loading. */
export const runPlainly = async (command: Command, signal?: AbortSignal): Promise<CommandResult> =>
  (await startWithRoom(() => plainly(command, signal))).result

/** The same with descriptors to hand on; execa is loaded at the first such command only. */
export const runWithDescriptors = async (
  command: Command,
  descriptors: readonly number[],
  signal?: AbortSignal,
): Promise<CommandResult> => (await startWithRoom(() => withExeca(command, descriptors, signal))).result

interface Ending {
  readonly result: CommandResult
  /** Why the program was never run. */
  readonly failure: string | undefined
}

const surroundings = ({ env, cwd, timeout }: Command) => ({
  env: { PATH: safePath, LC_ALL: 'C', ...env },
  cwd: cwd ?? '/',
  timeout: timeout ?? defaultTimeout,
  maxBuffer: maxOutput,
})

function plainly(command: Command, signal?: AbortSignal): Promise<Ending> {
  traceCommand(command)
  return new Promise((resolve) => {
    const options = { ...surroundings(command), ...(signal && { signal }) }
    const child = execFile(command.program, [...command.args], options, (error, stdout, stderr) => {
      const failure = error as (Error & { code?: number | string; signal?: string }) | null
      const refused = typeof failure?.code === 'string' ? failure.code : undefined
      const result = {
        command,
        exitCode: failure === null ? 0 : typeof failure.code === 'number' ? failure.code : undefined,
        signal: failure?.signal ?? undefined,
        stdout,
        stderr: stderr || (refused === undefined ? '' : (failure?.message ?? '')),
        missing: refused === 'ENOENT',
      }
      resolve({ result, failure: refused })
    })
    // The exit code says when a program ends before it has read everything.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(command.input ?? '')
  })
}

async function withExeca(command: Command, descriptors: readonly number[], signal?: AbortSignal): Promise<Ending> {
  const { execa } = await import('execa')
  traceCommand(command)
  const stdin = command.input === undefined ? 'ignore' : 'pipe'
  const ended = await withOrdinaryOomScore(() =>
    execa(command.program, [...command.args], {
      ...surroundings(command),
      reject: false,
      extendEnv: false,
      stripFinalNewline: false,
      stdio: [stdin, 'pipe', 'pipe', ...descriptors] as ['pipe', 'pipe', 'pipe'],
      ...(command.input !== undefined && { input: command.input }),
      ...(signal && { cancelSignal: signal }),
    }),
  )
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

/** How a command ended that had to succeed. */
export function commandFailed(result: CommandResult): HeroPodsError {
  const { program, args } = result.command
  if (result.missing) {
    return new HeroPodsError({
      code: 'tool-missing',
      message: `The program ${program} is not installed.`,
      hint: '`heropods doctor` says how to install what is missing.',
    })
  }
  const ending = result.signal ? `ended by ${result.signal}` : `exit code ${result.exitCode}`
  const said = result.stderr.trim() || result.stdout.trim()
  return new HeroPodsError({
    code: 'command-failed',
    ...faultOfProgram(said, result.signal),
    message: `\`${[program, ...args].join(' ').slice(0, 300)}\` failed (${ending})${said ? `: ${said.slice(-2000)}` : ''}`,
    retryable: true,
  })
}

/** One argv a line, for whoever wants to see or count what is started. */
export function traceCommand(command: Command): void {
  const file = process.env.HEROPODS_DEBUG_COMMANDS
  if (file) appendFileSync(file, `${JSON.stringify([command.program, ...command.args])}\n`)
}

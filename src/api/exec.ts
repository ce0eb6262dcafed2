import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { InteractiveProgram } from '../host/contract/commands.ts'
import type { Host } from '../host/host.ts'
import { requireExecTexts } from '../model/command/exec-texts.ts'
import { type Diagnostic, HeroPodsError, messageOf, refusedError } from '../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import type { PreparedExec } from '../reconciler/engine.ts'
import type { Instance } from './instance.ts'

export interface ExecOptions {
  /** Variables in addition to those of the container. */
  readonly env?: Readonly<Record<string, string>>
  /** `user[:group]`, names or numbers. Default: that of the container. */
  readonly user?: string
  /** Default: that of the container. */
  readonly workingDir?: string
  /** Standard input. Default: empty. */
  readonly input?: string | Uint8Array | Readable
  /** Gets the standard output as it comes; `ExecResult.stdout` is then empty. */
  readonly stdout?: Writable
  /** Gets the standard error as it comes; `ExecResult.stderr` is then empty. */
  readonly stderr?: Writable
  /** Kills the process group of the command. `exec` then raises `interrupted`. */
  readonly signal?: AbortSignal
  /** Raise `exec-failed` (`ExecFailedError`) for another exit code than 0. Default: true. */
  readonly check?: boolean
}

/** The error `exec-failed`: a command has ended with another exit code than 0. */
export class ExecFailedError extends HeroPodsError {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string

  /** @internal */
  constructor(diagnostic: Diagnostic, { exitCode, stdout, stderr }: ExecResult) {
    super(diagnostic)
    this.name = 'ExecFailedError'
    this.exitCode = exitCode
    this.stdout = stdout
    this.stderr = stderr
  }
}

/** The end of a command. Output that is not UTF-8 is in the buffers as it was written. */
export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly stdoutBytes: Buffer
}

/** Runs a command in a running container. Raises `not-running`, `invalid` (refused), `exec-failed`, `interrupted`. */
export async function execIn(
  instance: Instance,
  container: ResourceAddress,
  command: string | readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const argv = argvOf(command)
  requireExecTexts({ ...options, argv })
  const { env = {}, user, workingDir } = options
  const pidFile = `exec-${randomUUID()}.pid`
  const prepared = await instance.read((engine) =>
    engine.exec(container, {
      argv,
      env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      pidFile,
      ...(user !== undefined && { user }),
      ...(workingDir !== undefined && { workdir: workingDir }),
    }),
  )
  const result = await run(instance, prepared, pidFile, options)
  return checked(result, argv, `in ${parseResourceAddress(container).name}`, options)
}

async function run(
  { host }: Instance,
  prepared: PreparedExec,
  pidFile: string,
  options: ExecOptions,
): Promise<ExecResult> {
  const path = join(prepared.folder, pidFile)
  try {
    const { exitCode, ...output } = await collect(host, { ...prepared, pidFile: path }, options)
    return { exitCode: await prepared.exitCode(exitCode), ...output }
  } finally {
    await host.removeFile(path)
  }
}

type Program = Pick<InteractiveProgram, 'program' | 'args' | 'env' | 'data' | 'folder' | 'pidFile'>

/** Runs a program until it ends, and collects the output that the options send nowhere else. */
export async function collect(
  host: Host,
  program: Program,
  { input, stdout, stderr, signal }: ExecOptions,
): Promise<ExecResult> {
  const [output, errors] = [new Collected(), new Collected()]
  const exitCode = await whileIntact([input, stdout, stderr], (broken) =>
    host.interactive({
      ...program,
      stdin: false,
      terminal: false,
      streams: { stdin: streamOf(input), stdout: stdout ?? output.stream, stderr: stderr ?? errors.stream },
      signal: signal ? AbortSignal.any([signal, broken]) : broken,
    }),
  )
  return { exitCode, stdout: output.text, stderr: errors.text, stdoutBytes: output.bytes }
}

/** Aborts `act` when a stream of the caller fails, which would end the process otherwise. Raises `exec-failed` with the cause. */
async function whileIntact<T>(given: readonly unknown[], act: (broken: AbortSignal) => Promise<T>): Promise<T> {
  const broken = new AbortController()
  const fail = (error: unknown): void => broken.abort(error)
  const streams = given.filter((one) => one instanceof Readable || one instanceof Writable)
  for (const one of streams) one.on('error', fail)
  try {
    const result = await act(broken.signal)
    if (!broken.signal.aborted) return result
    const message = `The command was ended, because a stream for it failed: ${messageOf(broken.signal.reason)}`
    throw new HeroPodsError({ code: 'exec-failed', message }, { cause: broken.signal.reason })
  } finally {
    for (const one of streams) one.off('error', fail)
  }
}

/** Runs a command on the host itself, as the user of this process. Raises `exec-failed`, `interrupted`. */
export async function execOnHost(
  { host }: Instance,
  command: string | readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const argv = argvOf(command)
  requireExecTexts({ ...options, argv })
  if (options.user !== undefined)
    throw refusedError({ code: 'usage', message: 'A command on the host runs as the user of this process.' })
  const result = await collect(host, hostProgram(argv, options), options)
  return checked(result, argv, 'on this host', options)
}

/** `env` reports a program that does not exist with 127, as a shell does. */
export const hostProgram = (
  argv: readonly string[],
  { env = {}, workingDir = '/' }: Pick<ExecOptions, 'env' | 'workingDir'> = {},
): Program => ({ program: 'env', args: [`--chdir=${workingDir}`, '--', ...argv], env, data: '', folder: '/run' })

/** A text is a command of the shell. */
export const argvOf = (command: string | readonly string[]): readonly string[] =>
  typeof command === 'string' ? ['/bin/sh', '-c', command] : command

/** The result. Raises `exec-failed`, `interrupted`. */
export function checked(
  result: ExecResult,
  argv: readonly string[],
  where: string,
  { signal, check = true }: ExecOptions,
): ExecResult {
  if (signal?.aborted)
    throw new HeroPodsError({ code: 'interrupted', message: `The command ${where} was interrupted.` })
  if (check && result.exitCode !== 0) throw execFailed(where, argv, result)
  return result
}

const streamOf = (input: ExecOptions['input']): Readable | undefined =>
  input === undefined || input instanceof Readable ? input : Readable.from([Buffer.from(input)])

class Collected {
  private readonly chunks: Buffer[] = []

  readonly stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      this.chunks.push(chunk)
      done()
    },
  })

  get bytes(): Buffer {
    return Buffer.concat(this.chunks)
  }

  get text(): string {
    return this.bytes.toString()
  }
}

/** Lines of standard error in the message of an error. */
const shownLines = 10

function execFailed(where: string, argv: readonly string[], result: ExecResult): HeroPodsError {
  const { exitCode, stderr } = result
  const lines = stderr.trimEnd().split('\n').slice(-shownLines)
  const output = lines.join('') === '' ? '.' : `:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const message = `The command ${JSON.stringify(argv.at(-1) ?? '')} ${where} exited with code ${exitCode}${output}`
  return new ExecFailedError({ code: 'exec-failed', message }, result)
}

/** Runs a command in a running container with the terminal of this process. Returns its exit code. Raises `not-running` (refused). */
export async function execInTerminal(
  instance: Instance,
  container: ResourceAddress,
  argv: readonly string[],
): Promise<number> {
  requireExecTexts({ argv })
  const terminal = process.stdin.isTTY ?? false
  const prepared = await instance.read((engine) => engine.exec(container, { argv, terminal }))
  return prepared.exitCode(await instance.host.interactive({ ...prepared, stdin: true, terminal }))
}

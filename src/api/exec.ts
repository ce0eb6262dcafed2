import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { HeroPodsError } from '../model/errors.ts'
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
  /** Raise `exec-failed` for another exit code than 0. Default: true. */
  readonly check?: boolean
}

/** The end of a command. Output that is not UTF-8 is in the buffers as it was written. */
export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly stdoutBytes: Buffer
}

/** Runs a command in a running container. Raises `not-running` (refused), `exec-failed`, `interrupted`. */
export async function execIn(
  instance: Instance,
  container: ResourceAddress,
  command: string | readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const argv = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  const { env = {}, user, workingDir, check = true } = options
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
  if (options.signal?.aborted)
    throw new HeroPodsError({ code: 'interrupted', message: `The command in ${container} was interrupted.` })
  if (check && result.exitCode !== 0) throw execFailed(container, argv, result)
  return result
}

async function run(
  { host }: Instance,
  prepared: PreparedExec,
  pidFile: string,
  { input, stdout, stderr, signal }: ExecOptions,
): Promise<ExecResult> {
  const [output, errors] = [new Collected(), new Collected()]
  const path = join(prepared.folder, pidFile)
  try {
    const code = await host.interactive({
      ...prepared,
      stdin: false,
      terminal: false,
      streams: { stdin: streamOf(input), stdout: stdout ?? output.stream, stderr: stderr ?? errors.stream },
      pidFile: path,
      ...(signal && { signal }),
    })
    const exitCode = await prepared.exitCode(code)
    return { exitCode, stdout: output.text, stderr: errors.text, stdoutBytes: output.bytes }
  } finally {
    await host.removeFile(path)
  }
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

function execFailed(
  container: ResourceAddress,
  argv: readonly string[],
  { exitCode, stderr }: ExecResult,
): HeroPodsError {
  const lines = stderr.trimEnd().split('\n').slice(-shownLines)
  const output = lines.join('') === '' ? '.' : `:\n${lines.map((line) => `  ${line}`).join('\n')}`
  return new HeroPodsError({
    code: 'exec-failed',
    message: `The command ${JSON.stringify(argv.at(-1) ?? '')} in ${parseResourceAddress(container).name} exited with code ${exitCode}${output}`,
    address: container,
  })
}

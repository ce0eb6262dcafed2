import { type RunPlaces, runAttached, sessionOptions, startDetached } from '../../../../api/run/attached.ts'
import type { BuiltRun, RunRequest } from '../../../../api/run/build.ts'
import { startingFolder } from '../../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../../model/errors.ts'
import { memoryKillsText } from '../../../../model/kinds/text/memory-text.ts'
import type { Event } from '../../../../model/plan.ts'
import { parseResourceAddress } from '../../../../model/resource-address.ts'
import type { PreparedExec } from '../../../../reconciler/engine.ts'
import { type WriteOptions, withWriterEngine } from '../../../engine-session.ts'
import { localHost } from '../../../local-host.ts'
import { loadStacks, planInputs, type StackOptions } from '../../../stack-inputs.ts'
import { openTerminal, reportError } from '../../../terminal.ts'
import { type FieldOptions, fieldsOf } from './fields.ts'
import { holdSignals } from './signals.ts'

export interface RunOptions
  extends WriteOptions,
    FieldOptions,
    Pick<StackOptions, 'file' | 'var' | 'varFile' | 'profile'> {
  readonly detach?: boolean
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly rm?: boolean
  readonly name?: string
  readonly network?: readonly string[]
  readonly servicePorts?: boolean
}

/** Exit code for failures of HeroPods itself, as of `exec`; any other code is that of the command. */
const ownFailure = 125

/**
 * `heropods run`: a one-off container of an image, or with the configuration of a container of a stack. Attached it returns the exit code
 * of its command; 126 if that is not executable, 127 if it does not exist.
 */
export async function run(target: string, typed: readonly string[], options: RunOptions): Promise<number> {
  const signals = holdSignals()
  try {
    requirePossible(options)
    const command = typed[0] === '--' ? typed.slice(1) : typed
    const request = requestOf(target, command, options)
    const places = placesOf(target, options, signals.signal)
    return await (options.detach ? detached(places, request, options) : attached(places, request, options))
  } catch (error) {
    reportError(error, options)
    return signals.signal.aborted ? ExitCode.interrupted : ownFailure
  } finally {
    signals.release()
  }
}

function requirePossible(options: RunOptions): void {
  const refuse = (code: 'usage' | 'not-a-terminal', message: string, hint: string): never => {
    throw refusedError({ code, message, hint })
  }
  if (options.detach) return
  if (options.tty && !process.stdin.isTTY)
    refuse('not-a-terminal', 'Standard input is not a terminal.', 'Use `-i` without `-t`.')
  if (options.json)
    refuse('usage', '--json needs --detach: an attached run passes on the output of its command.', 'Remove --json.')
  if (options.restart !== undefined)
    refuse('usage', '--restart needs --detach: an attached run ends with its command.', 'Add -d, or remove --restart.')
}

function requestOf(target: string, command: readonly string[], options: RunOptions): RunRequest {
  const fields = fieldsOf(command, options, localHost.environment)
  return {
    target,
    ...(options.name !== undefined && { name: options.name }),
    fields: {
      ...fields,
      ...(options.detach && options.tty && { tty: true }),
      ...(options.detach && options.interactive && { stdin_open: true }),
    },
    ...stacksOf(options),
    networks: options.network ?? [],
    servicePorts: options.servicePorts ?? false,
  }
}

/** The stack files of `-f`. Raises `usage` (refused). */
function stacksOf(options: RunOptions): Pick<RunRequest, 'stacks'> {
  if (options.file?.length) return { stacks: (engine) => loadStacks(planInputs([], options), engine) }
  const unused = (['var', 'varFile', 'profile'] as const).find((name) => options[name]?.length)
  if (unused === undefined) return {}
  throw refusedError({
    code: 'usage',
    message: 'Variables and profiles are for a container of a stack file.',
    hint: 'Name the file with `-f FILE`.',
  })
}

function placesOf(target: string, options: RunOptions, signal: AbortSignal): RunPlaces {
  // The command may hold a password, and others can read the text in the lock.
  const command = `heropods run ${target}`
  let similar: string | undefined
  return {
    write: (needs, act) =>
      withWriterEngine({ lockTimeout: '10m', ...options }, act, {
        command,
        ...sessionOptions(needs),
      }),
    cwd: startingFolder([]),
    signal,
    onBuilt: (built) => {
      similar = built.similar
      noteConfiguration(built, options)
    },
    onProgress: pullNotes(() => similar),
    onOutOfMemory: ({ outOfMemoryKills, memoryLimit }) =>
      openTerminal().note(`${memoryKillsText(outOfMemoryKills, memoryLimit ?? 0)}.`),
  }
}

function noteConfiguration({ from }: BuiltRun, { servicePorts }: RunOptions): void {
  if (from === undefined || !process.stderr.isTTY) return
  const { stack, name } = parseResourceAddress(from)
  openTerminal().note(`Configuration of ${stack}/${name}${servicePorts ? '' : ', without its ports'}.`)
}

/** Writes a line when the download of an image begins. `similar`: the container that the name of the image may mean. */
function pullNotes(similar: () => string | undefined): (event: Event) => void {
  const noted = new Set<string>()
  return (event) => {
    if (event.type !== 'step.progress' || noted.has(event.address)) return
    noted.add(event.address)
    const { kind, name } = parseResourceAddress(event.address)
    const question = similar() === undefined ? '' : `. Did you mean the container ${similar()}?`
    openTerminal().note(kind === 'container' ? `${name}: ${event.message}` : `${event.message}${question}`)
  }
}

async function detached(places: RunPlaces, request: RunRequest, { rm, json }: RunOptions): Promise<number> {
  const { address } = await startDetached(places, { ...request, ...(rm && { removal: {} }) })
  const { stack, name } = parseResourceAddress(address)
  openTerminal().print(json ? JSON.stringify({ container: address, name, stack }) : name)
  return ExitCode.done
}

async function attached(places: RunPlaces, request: RunRequest, options: RunOptions): Promise<number> {
  const { interactive: stdin = false, tty: terminal = false } = options
  const waiter = options.rm ? await localHost.processIdentity(localHost.system.pid) : undefined
  const removal = waiter && { waiter }
  return runAttached(places, { ...request, ...(removal && { removal }) }, terminal, (prepared) =>
    interact(prepared, stdin, terminal),
  )
}

/** Runs the command with the streams of this process. It is killed when its output can no longer be written. */
async function interact(prepared: PreparedExec, stdin: boolean, terminal: boolean): Promise<number> {
  const lost = new AbortController()
  const end = (): void => lost.abort()
  process.stdout.on('error', end)
  try {
    return await localHost.interactive({ ...prepared, stdin, terminal, passesSignals: true, signal: lost.signal })
  } finally {
    process.stdout.off('error', end)
  }
}

import { parseAddress } from '../../../model/address.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import type { ImageConfig } from '../../../model/kinds/image.ts'
import { argumentFault } from '../../../model/values/argument.ts'
import { parseSignal, type Signal } from '../../../model/values/signal.ts'
import { plainTextFault, type TextKindName } from '../../../model/values/text.ts'
import { parseUser } from '../../../model/values/user.ts'
import { healthCheckOf } from './health/effective.ts'

/** What counts for a container's process: its own fields, else its image's, each of its type. */
export interface EffectiveProcess {
  /** Program and arguments. */
  readonly args: readonly string[]
  /** The image's environment: NAME=VALUE. */
  readonly env: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** `USER[:GROUP]` by name or number; '' is root. */
  readonly user: string
  readonly stopSignal: Signal
}

type Stated = Pick<
  ContainerSpec,
  'image' | 'command' | 'entrypoint' | 'working_dir' | 'user' | 'stop_signal' | 'healthcheck'
>

/** What asks a process to stop where nothing else is set, or what an old record has is not a signal. */
export const defaultStopSignal: Signal = { number: 15, name: 'SIGTERM' }

/** argv by Docker's rules: an entrypoint that is set drops the image's command, an empty one keeps it. Pure. */
export function effectiveArgs(
  { command, entrypoint }: Pick<Stated, 'command' | 'entrypoint'>,
  image: ImageConfig,
): readonly string[] {
  const drops = entrypoint !== undefined && entrypoint.length > 0
  return [...(entrypoint ?? image.Entrypoint ?? []), ...(command ?? (drops ? [] : (image.Cmd ?? [])))]
}

/** Where a container's process starts. Pure. */
export const effectiveCwd = ({ working_dir }: Pick<Stated, 'working_dir'>, image: ImageConfig): string =>
  working_dir ?? (image.WorkingDir || '/')

/** Whom it runs as. Pure. */
export const effectiveUser = ({ user }: Pick<Stated, 'user'>, image: ImageConfig): string => user || image.User || ''

/** The signal that asks it to stop; SIGTERM where what is set is not a signal: whatever runs can be stopped. Pure. */
export const effectiveStopSignal = ({ stop_signal }: Pick<Stated, 'stop_signal'>, image: ImageConfig): Signal =>
  parseSignal(stop_signal || image.StopSignal || defaultStopSignal.name) ?? defaultStopSignal

/** The process of a container over its image. Pure. Raises `image-config`, with the image's name, and `no-command`. */
export function effectiveProcess(spec: Stated, image: ImageConfig): EffectiveProcess {
  const [fault] = imageFaults(spec, image)
  if (fault !== undefined)
    throw new HeroPodsError({
      code: 'image-config',
      message: `The image ${parseAddress(spec.image).name} cannot be used as it is: its ${fault.what} ${fault.why}.`,
      hint:
        fault.field === undefined
          ? 'Build it again without that.'
          : `State \`${fault.field}\` on the container, or build the image again.`,
    })
  const args = effectiveArgs(spec, image)
  if (args.length === 0 || args[0] === '')
    throw new HeroPodsError({
      code: 'no-command',
      message:
        args.length === 0
          ? `It has nothing to run: neither it nor its image ${parseAddress(spec.image).name} has a command.`
          : 'The program that it should run is an empty text.',
      hint: 'Give it a `command:`.',
    })
  return {
    args,
    env: image.Env ?? [],
    cwd: effectiveCwd(spec, image),
    user: effectiveUser(spec, image),
    stopSignal: effectiveStopSignal(spec, image),
  }
}

interface Fault {
  /** In the words of a Dockerfile. */
  readonly what: string
  readonly why: string
  /** Field of the container that would count instead. */
  readonly field?: keyof Stated
}

/** What is wrong with what counts of an image. */
function imageFaults(spec: Stated, image: ImageConfig): readonly Fault[] {
  const faults: (Fault | undefined)[] = [
    spec.stop_signal || !image.StopSignal || parseSignal(image.StopSignal)
      ? undefined
      : { what: 'STOPSIGNAL', why: `${JSON.stringify(image.StopSignal)} is not a signal`, field: 'stop_signal' },
    spec.user || !image.User ? undefined : asFault('USER', 'user', () => parseUser(image.User ?? '')),
    spec.working_dir !== undefined || !image.WorkingDir ? undefined : folderFault(image.WorkingDir),
    spec.entrypoint === undefined ? textsFault('ENTRYPOINT', 'argument', image.Entrypoint, 'entrypoint') : undefined,
    spec.command === undefined ? textsFault('CMD', 'argument', image.Cmd, 'command') : undefined,
    textsFault('ENV', 'value', image.Env) ?? namesFault(image.Env),
    textsFault('VOLUME', 'path', image.Volumes),
    spec.healthcheck === undefined ? healthFault(spec, image) : undefined,
  ]
  return faults.filter((fault) => fault !== undefined)
}

function asFault(what: string, field: keyof Stated, act: () => unknown): Fault | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return { what, why: (error as Error).message, field }
  }
}

function textsFault(
  what: string,
  kind: TextKindName,
  texts: readonly string[] | undefined,
  field?: keyof Stated,
): Fault | undefined {
  for (const text of texts ?? []) {
    const why =
      typeof text === 'string' ? (plainTextFault(kind, text) ?? argumentFault(text)) : 'is not a list of texts'
    if (why !== undefined) return { what, why, ...(field && { field }) }
  }
  return undefined
}

function namesFault(texts: readonly string[] | undefined): Fault | undefined {
  const why = (texts ?? []).map((text) => plainTextFault('variable', text.split('=')[0] ?? '')).find(Boolean)
  return why === undefined ? undefined : { what: 'ENV', why }
}

function folderFault(folder: string): Fault | undefined {
  const why = folder.startsWith('/')
    ? plainTextFault('path', folder)
    : `${JSON.stringify(folder)} is not an absolute path`
  return why === undefined ? undefined : { what: 'WORKDIR', why, field: 'working_dir' }
}

const numbers = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries'] as const

function healthFault(spec: Stated, image: ImageConfig): Fault | undefined {
  if (healthCheckOf(spec, image) === undefined) return undefined
  const { Healthcheck = {} } = image
  const bad = numbers.find((name) => {
    const value = Healthcheck[name] ?? 0
    return typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0
  })
  if (bad !== undefined) return { what: 'HEALTHCHECK', why: `has a ${bad} that is not a time`, field: 'healthcheck' }
  return textsFault('HEALTHCHECK', 'argument', Healthcheck.Test, 'healthcheck')
}

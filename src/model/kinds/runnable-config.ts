import { HeroPodsError } from '../errors.ts'
import { parseResourceAddress } from '../resource-address.ts'
import { argumentFault } from '../values/argument.ts'
import { parseSignal } from '../values/signal.ts'
import { plainTextFault, type TextKindName } from '../values/text.ts'
import { parseUser } from '../values/user.ts'
import type { ContainerSpec } from './container.ts'
import {
  type EffectiveConfig,
  effectiveConfig,
  effectiveHealthCheck,
  type ImageFields,
  nameOf,
  type OverImage,
} from './effective-config.ts'
import type { ImageConfig } from './image.ts'

/** The effective configuration of a container, if the container can be started with it. Pure. Raises `image-config` and `no-command`. */
export function runnableConfig(spec: OverImage & Pick<ContainerSpec, 'image'>, image: ImageConfig): EffectiveConfig {
  const [fault] = imageFaults(spec, image)
  if (fault !== undefined)
    throw new HeroPodsError({
      code: 'image-config',
      message: `The image ${parseResourceAddress(spec.image).name} cannot be used as it is: its ${fault.what} ${fault.why}.`,
      hint:
        fault.field === undefined
          ? 'Build it again without that.'
          : `Set \`${fault.field}\` on the container, or build the image again.`,
    })
  const config = effectiveConfig(spec, image)
  const [program] = config.args
  if (program === undefined || program === '')
    throw new HeroPodsError({
      code: 'no-command',
      message:
        program === undefined
          ? `It has nothing to run: neither the container nor its image ${parseResourceAddress(spec.image).name} has a command.`
          : 'The program that it should run is an empty string.',
      hint: 'Add a command, e.g. `command: [/bin/app, --serve]`.',
    })
  return config
}

interface Fault {
  /** The instruction of a Dockerfile. */
  readonly what: string
  readonly why: string
  /** The field of the container that replaces it. */
  readonly field?: keyof ImageFields
}

/** Problems in the fields of an image that the container does not replace. */
function imageFaults(spec: ImageFields, image: ImageConfig): readonly Fault[] {
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

function asFault(what: string, field: keyof ImageFields, act: () => unknown): Fault | undefined {
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
  field?: keyof ImageFields,
): Fault | undefined {
  for (const text of texts ?? []) {
    const why =
      typeof text === 'string' ? (plainTextFault(kind, text) ?? argumentFault(text)) : 'is not a list of strings'
    if (why !== undefined) return { what, why, ...(field && { field }) }
  }
  return undefined
}

function namesFault(texts: readonly string[] | undefined): Fault | undefined {
  const why = (texts ?? []).map((text) => plainTextFault('variable', nameOf(text))).find(Boolean)
  return why === undefined ? undefined : { what: 'ENV', why }
}

function folderFault(folder: string): Fault | undefined {
  const why = folder.startsWith('/')
    ? plainTextFault('path', folder)
    : `${JSON.stringify(folder)} is not an absolute path`
  return why === undefined ? undefined : { what: 'WORKDIR', why, field: 'working_dir' }
}

const numbers = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries'] as const

function healthFault(spec: ImageFields, image: ImageConfig): Fault | undefined {
  if (effectiveHealthCheck(spec, image) === undefined) return undefined
  const { Healthcheck = {} } = image
  const bad = numbers.find((name) => {
    const value = Healthcheck[name] ?? 0
    return typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0
  })
  if (bad !== undefined)
    return { what: 'HEALTHCHECK', why: `has a ${bad} that is not a duration`, field: 'healthcheck' }
  return textsFault('HEALTHCHECK', 'argument', Healthcheck.Test, 'healthcheck')
}

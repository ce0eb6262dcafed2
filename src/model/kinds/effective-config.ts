import { posix } from 'node:path'
import { parseSignal, type Signal } from '../values/signal.ts'
import type { ContainerSpec, HealthCheck, HealthProbe } from './container.ts'
import type { ImageConfig, ImageHealthcheck } from './image.ts'
import { mountTargets } from './mount-targets.ts'

/** The configuration a container runs with: its own fields, and fields of its image where it has none. */
export interface EffectiveConfig {
  /** Program and arguments. */
  readonly args: readonly string[]
  /** NAME=VALUE: the variables of the image, overridden by those of the container. Defaults of the runtime are not included. */
  readonly env: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** `USER[:GROUP]` by name or number; '' is root. */
  readonly user: string
  readonly stopSignal: Signal
  /** undefined: it has none, or it is disabled. */
  readonly healthCheck: HealthCheck | undefined
  readonly anonymousVolumes: readonly AnonymousVolume[]
}

/** A volume without a name, of the container or a VOLUME of its image. */
export interface AnonymousVolume {
  readonly target: string
  /** The target in the form of the stack file or the image. It gives the folder of the data its name. */
  readonly text: string
}

/** Fields of a container that override those of its image. */
export type OverImage = Pick<ContainerSpec, 'environment' | 'mounts' | 'files'> & ImageFields
export type ImageFields = Pick<
  ContainerSpec,
  'command' | 'entrypoint' | 'working_dir' | 'user' | 'stop_signal' | 'healthcheck'
>

/**
 * Merges the configuration of a container over that of its image. Never raises: a container with an invalid configuration can still be
 * stopped and read.
 * `runnableConfig` (`runnable-config.ts`) also checks that it can be started. Pure.
 */
export const effectiveConfig = (spec: OverImage, image: ImageConfig): EffectiveConfig => ({
  args: effectiveArgs(spec, image),
  env: overImage(spec.environment, image.Env ?? []),
  cwd: spec.working_dir ?? (image.WorkingDir || '/'),
  user: spec.user || image.User || '',
  stopSignal: effectiveStopSignal(spec, image),
  healthCheck: effectiveHealthCheck(spec, image),
  anonymousVolumes: anonymousVolumes(spec, image),
})

/** argv by the rules of Docker: an entrypoint of the container replaces the command of the image too, unless it is empty. Pure. */
export function effectiveArgs(
  { command, entrypoint }: Pick<ImageFields, 'command' | 'entrypoint'>,
  image: ImageConfig,
): readonly string[] {
  const drops = entrypoint !== undefined && entrypoint.length > 0
  return [...(entrypoint ?? image.Entrypoint ?? []), ...(command ?? (drops ? [] : (image.Cmd ?? [])))]
}

/** The stop signal if none is set, or if a record has a text that is not a signal. */
const defaultStopSignal: Signal = { number: 15, name: 'SIGTERM' }

/** The signal that asks a container to stop; SIGTERM for a text that is not a signal. Pure. */
export const effectiveStopSignal = ({ stop_signal }: Pick<ImageFields, 'stop_signal'>, image: ImageConfig): Signal =>
  parseSignal(stop_signal || image.StopSignal || defaultStopSignal.name) ?? defaultStopSignal

/** Merges variables over those of an image. A variable with the same name is replaced at its position. Pure. */
function overImage(own: Readonly<Record<string, string>>, image: readonly string[]): readonly string[] {
  const variables = new Map(image.map((text) => [nameOf(text), text]))
  for (const [name, value] of Object.entries(own)) variables.set(name, `${name}=${value}`)
  return [...variables.values()]
}

/** The name in a NAME=VALUE text. Pure. */
export const nameOf = (variable: string): string => variable.split('=')[0] ?? ''

/** The health check of a container: its own, or else that of its image; undefined: it has none. Pure. */
export function effectiveHealthCheck(
  { healthcheck }: Pick<ImageFields, 'healthcheck'>,
  image: ImageConfig,
): HealthCheck | undefined {
  if (healthcheck !== undefined) return 'disable' in healthcheck ? undefined : healthcheck
  return image.Healthcheck && checkOfImage(image.Healthcheck)
}

/** Times of an image are nanoseconds. A time that is missing or 0 means the default of Docker. */
function checkOfImage(check: ImageHealthcheck): HealthCheck | undefined {
  const probe = probeOf(check.Test ?? [])
  const time = (nanoseconds: number | undefined, otherwise: number): number =>
    nanoseconds ? Math.max(1, Math.round(nanoseconds / 1e6)) : otherwise
  return (
    probe && {
      ...probe,
      interval: time(check.Interval, 30_000),
      timeout: time(check.Timeout, 30_000),
      retries: check.Retries || 3,
      start_period: time(check.StartPeriod, 0),
      start_interval: time(check.StartInterval, 5000),
    }
  )
}

function probeOf([kind, ...words]: readonly string[]): HealthProbe | undefined {
  return (kind === 'CMD' || kind === 'CMD-SHELL') && words.length > 0 ? { test: [kind, ...words] } : undefined
}

/** The anonymous volumes of a container, and each VOLUME of its image on which nothing else is mounted. */
function anonymousVolumes(spec: Pick<OverImage, 'mounts' | 'files'>, image: ImageConfig): readonly AnonymousVolume[] {
  const covered = new Set(mountTargets(spec))
  const own = spec.mounts.flatMap(({ type, target }) => (type === 'anonymous' ? [{ text: target, target }] : []))
  const ofImage = (image.Volumes ?? [])
    .map((text) => ({ text, target: normalised(text) }))
    .filter(({ text, target }) => text.startsWith('/') && mayHoldData(target) && !covered.has(target))
  return [...own, ...ofImage]
}

/** False for the root and for paths on which the kernel or the runtime mounts something: they cannot be a VOLUME. */
function mayHoldData(target: string): boolean {
  const parts = target.split('/').filter(Boolean)
  const [first] = parts
  return first !== undefined && !parts.includes('..') && !['proc', 'sys', 'dev'].includes(first)
}

/** A path with `..` stays unchanged, because it is refused later. */
const normalised = (path: string): string =>
  path.includes('..') ? path : posix.normalize(path).replace(/(?<=.)\/$/, '')

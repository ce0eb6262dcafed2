import { isDeepStrictEqual } from 'node:util'
import type { Change } from '../model/change.ts'
import type { Kind } from '../model/resource-address.ts'
import { ownValue } from '../model/values/own-value.ts'
import type { Inputs } from './desired.ts'
import { camel } from './naming.ts'
import { pureOutputs } from './outputs.ts'

/** The differences that the provider reports to Pulumi; `changes: undefined` lets the engine compare the inputs itself. */
export interface DiffAnswer {
  readonly changes: boolean | undefined
  readonly replaces?: readonly string[]
  readonly deleteBeforeReplace: true
}

/** The placeholder for an unknown value in previews. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

export function holdsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsUnknown)
}

/** Names of inputs that are unknown, completely or in part. */
export const unknownInputs = (inputs: Inputs): readonly string[] =>
  Object.keys(inputs).filter((name) => holdsUnknown(inputs[name]))

/** The new inputs, with the old values of unknown ones. Pure. */
export const withOldValues = (unknown: readonly string[], olds: Inputs, news: Inputs): Inputs => ({
  ...news,
  ...Object.fromEntries(unknown.map((name) => [name, olds[name]])),
})

/** Inputs of a container that decide its place in the network. If they change, the old container is deleted first. */
const networkInputs = ['networks', 'networkMode']

/** The differences while some inputs are unknown: a container on a replaced network is replaced too. Pure. */
export function diffUnknown(unknown: readonly string[], hasDrifted = false): DiffAnswer {
  const replaces = unknown.filter((name) => networkInputs.includes(name))
  return replaces.length > 0
    ? { changes: true, replaces, deleteBeforeReplace: true }
    : { changes: hasDrifted ? true : undefined, deleteBeforeReplace: true }
}

/**
 * The differences from a plan. Only a change of class `replace` replaces the resource. Changed inputs are left to the engine of Pulumi, so
 * that `replaceOnChanges` and `ignoreChanges` work; drift, and changes that the inputs do not show, are reported as changes. Pure.
 */
export function diffKnown(kind: Kind, changes: readonly Change[], olds: Inputs, news: Inputs): DiffAnswer {
  const replaces = [...new Set(changes.filter((one) => one.class === 'replace').map((one) => fieldOf(one)))]
  if (replaces.length > 0) return { changes: true, replaces, deleteBeforeReplace: true }
  const drifted = changes.some((one) => one.drift !== undefined)
  const declared = inputsDiffer(kind, olds, news)
  const answer = changes.length === 0 ? declared && stateOnlyDiffers(olds, news) : drifted || !declared
  if (changes.length === 0) return { changes: answer ? undefined : false, deleteBeforeReplace: true }
  return { changes: answer ? true : undefined, deleteBeforeReplace: true }
}

/** The reasons of drift among changes, each once. Pure. */
export const driftReasons = (changes: readonly Change[]): readonly string[] => [
  ...new Set(changes.flatMap(({ drift }) => drift ?? [])),
]

/**
 * The effect of declared changes on the process of a container, as the end of a sentence; undefined: there are none, or Pulumi shows the
 * replacement itself. `inputs`: names of the inputs that differ. Pure.
 */
export function effectOnProcess(
  kind: Kind,
  changes: readonly Change[],
  inputs: readonly string[] = [],
): string | undefined {
  const declared = changes.filter(({ drift }) => drift === undefined)
  if (kind !== 'container' || declared.length === 0 || declared.some((one) => one.class === 'replace')) return undefined
  const restarting = declared.filter((one) => one.class === 'recreate')
  if (restarting.length === 0) return `changes while its process runs: ${fieldNames(declared, inputs)}`
  const live = declared.filter((one) => one.class !== 'recreate')
  const more = live.length === 0 ? '' : `; changes too: ${fieldNames(live, inputs)}`
  return `restarts in a new process (address kept): ${fieldNames(restarting, inputs)}${more}`
}

/** The names of inputs: those of a program, where a field of a container has another. */
const fieldNames = (changes: readonly Change[], inputs: readonly string[]): string =>
  [...new Set(changes.flatMap((change) => inputNames(fieldOf(change), inputs)))].join(', ')

function inputNames(field: string, inputs: readonly string[]): readonly string[] {
  const own = ownValue(inputsOf, field)
  if (own === undefined) return [field]
  const changed = own.filter((name) => inputs.includes(name))
  return changed.length > 0 ? changed : own
}

/** The inputs behind fields of a container with another name. */
const inputsOf: Readonly<Record<string, readonly string[]>> = {
  files: ['configs', 'secrets'],
  mounts: ['volumes', 'tmpfs'],
  imageDigest: ['image'],
  cpuQuota: ['cpus'],
  cpuPeriod: ['cpus'],
  noNewPrivileges: ['securityOpt'],
  seccomp: ['securityOpt'],
  apparmor: ['securityOpt'],
}

const fieldOf = (change: Change): string => camel(change.path.split('/')[1] ?? '')

/** Inputs that change nothing on the host but must reach the state of Pulumi, because a later delete reads them. */
const stateOnlyInputs = ['deleteData']
const stateOnlyDiffers = (olds: Inputs, news: Inputs): boolean =>
  stateOnlyInputs.some((name) => !isDeepStrictEqual(olds[name], news[name]))

/** The inputs in old outputs, without the properties that the provider added. */
const inputsDiffer = (kind: Kind, olds: Inputs, news: Inputs): boolean => changedInputs(kind, olds, news).length > 0

/** Names of the inputs that differ. Pure. */
export function changedInputs(kind: Kind, olds: Inputs, news: Inputs): readonly string[] {
  const answered = [...pureOutputs[kind], 'subnet', 'gateway', 'name', 'address', '__provider']
  const names = new Set([...Object.keys(news), ...Object.keys(olds).filter((name) => !answered.includes(name))])
  names.delete('__provider')
  return [...names].filter((name) => !isDeepStrictEqual(olds[name], news[name]))
}

import { isDeepStrictEqual } from 'node:util'
import type { Kind } from '../model/address.ts'
import type { Change } from '../model/change.ts'
import type { Inputs } from './desired.ts'
import { camel } from './naming.ts'
import { pureOutputs } from './outputs.ts'

/** What the provider tells Pulumi of a difference; `changes: undefined` has the engine compare the inputs itself. */
export interface DiffAnswer {
  readonly changes: boolean | undefined
  readonly replaces?: readonly string[]
  readonly deleteBeforeReplace: true
}

/** Stands in previews for a value that is not known yet. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

export function holdsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsUnknown)
}

/** Names of inputs whose value is not known yet, in part or whole. */
export const unknownInputs = (inputs: Inputs): readonly string[] =>
  Object.keys(inputs).filter((name) => holdsUnknown(inputs[name]))

/** Inputs of a container that decide where it stands in the network: when they are about to change it goes first. */
const placing = ['networks', 'networkMode']

/** The answer where not all is known yet: what stands on a network that is replaced is replaced with it. Pure. */
export function diffUnknown(unknown: readonly string[]): DiffAnswer {
  const replaces = unknown.filter((name) => placing.includes(name))
  return replaces.length > 0
    ? { changes: true, replaces, deleteBeforeReplace: true }
    : { changes: undefined, deleteBeforeReplace: true }
}

/**
 * What follows from the changes that the planner sees. Only a change of class replace replaces; a difference of inputs is left to the
 * engine, so that `replaceOnChanges` and `ignoreChanges` work; drift, or what the inputs do not show, is a change. Pure.
 */
export function diffKnown(kind: Kind, changes: readonly Change[], olds: Inputs, news: Inputs): DiffAnswer {
  const replaces = [...new Set(changes.filter((one) => one.class === 'replace').map((one) => fieldOf(one)))]
  if (replaces.length > 0) return { changes: true, replaces, deleteBeforeReplace: true }
  const drifted = changes.some((one) => one.drift !== undefined)
  const stated = inputsDiffer(kind, olds, news)
  const answer = changes.length === 0 ? stated && onlyNoted(olds, news) : drifted || !stated
  if (changes.length === 0) return { changes: answer ? undefined : false, deleteBeforeReplace: true }
  return { changes: answer ? true : undefined, deleteBeforeReplace: true }
}

const fieldOf = (change: Change): string => camel(change.path.split('/')[1] ?? '')

/** Inputs that change nothing on the host and yet have to reach Pulumi's state: a later delete reads them. */
const noted = ['deleteData']
const onlyNoted = (olds: Inputs, news: Inputs): boolean =>
  noted.some((name) => !isDeepStrictEqual(olds[name], news[name]))

/** Old outputs hold the old inputs too; what the provider added is left out. */
function inputsDiffer(kind: Kind, olds: Inputs, news: Inputs): boolean {
  const answered = [...pureOutputs[kind], 'subnet', 'gateway', 'name', 'address', '__provider']
  const names = new Set([...Object.keys(news), ...Object.keys(olds).filter((name) => !answered.includes(name))])
  names.delete('__provider')
  return [...names].some((name) => !isDeepStrictEqual(olds[name], news[name]))
}

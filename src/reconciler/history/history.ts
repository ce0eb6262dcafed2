import { isDeepStrictEqual } from 'node:util'
import jsonpatch, { type Operation } from 'fast-json-patch'
import { type Address, entriesOf, parseAddress } from '../../model/address.ts'
import type { DesiredStack, Resource } from '../../model/desired.ts'
import { refuse } from '../../model/errors.ts'
import type { Generation, History, HistoryDocument, Patch, StackRecord, StackSource } from '../../model/generation.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { isSpecOf } from '../../model/kinds.ts'
import { fillReferences } from '../../model/tokens.ts'
import { own } from '../../model/values/own.ts'
import { specHash } from '../../model/values/stable-json.ts'

export type Records = ReadonlyMap<string, StackRecord | undefined>

/** A hash of all declared specs of a stack before they are resolved: the same files, variables and contents give the same hash. */
export const desiredHash = (stack: Pick<DesiredStack, 'resources'>): string =>
  specHash(Object.fromEntries([...stack.resources].map(([at, { spec }]) => [at, spec])))

/** The stacks that resources belong to. The default network is everybody's and nobody's. */
export const stacksOf = (addresses: Iterable<Address>): Set<string> =>
  new Set([...addresses].filter((at) => at !== defaultNetwork).map((at) => parseAddress(at).stack))

/**
 * Records of stacks after a run: the records before, without removed objects, with wanted ones. undefined: nothing is left of the stack.
 * A stack records the default network too where one of its containers is on it. Pure.
 */
export function nextRecords(
  before: Records,
  run: {
    readonly wanted: ReadonlyMap<Address, Resource>
    readonly removes: (at: Address) => boolean
    readonly sources: Readonly<Record<string, StackSource>>
  },
): Records {
  const wanted = new Map([...run.wanted].map(([at, resource]) => [at, recordedSpec(resource)]))
  const next = new Map<string, Record<Address, object>>(Object.keys(run.sources).map((stack) => [stack, {}]))
  for (const [stack, resources] of next)
    for (const [at, spec] of entriesOf(before.get(stack)?.resources ?? {}))
      if (at !== defaultNetwork && !run.removes(at)) resources[at] = spec
  for (const [at, spec] of wanted)
    if (at !== defaultNetwork) (next.get(parseAddress(at).stack) as Record<Address, object>)[at] = spec
  return new Map(
    [...next].map(([stack, resources]) => {
      const shared = wanted.get(defaultNetwork) ?? before.get(stack)?.resources[defaultNetwork]
      if (shared !== undefined && Object.values(resources).some(isOnDefault)) resources[defaultNetwork] = shared
      const record = { desiredHash: own(run.sources, stack)?.desiredHash ?? null, resources }
      // Absent and undefined are one in JSON.
      return [stack, Object.keys(resources).length === 0 ? undefined : (plain(record) as StackRecord)]
    }),
  )
}

const isOnDefault = (spec: object): boolean =>
  isSpecOf('container', spec) && spec.networks.some((one) => one.network === defaultNetwork)

/** Fields that follow from other objects are derived again at a rollback. */
const recordedSpec = ({ kind, spec }: Resource): object =>
  kind === 'network' ? { ...spec, members: [], hosts: {} } : spec

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Fills digests in that only a run has found out. The same records where there is nothing to fill in. Pure. */
export function withDigests(records: Records, digests: ReadonlyMap<Address, string>): Records {
  if (digests.size === 0) return records
  const known = (at: Address, output: string) => (output === 'digest' ? digests.get(at) : undefined)
  const filled = ([at, spec]: readonly [Address, object]): [Address, object] => {
    const digest = digests.get(at)
    return digest === undefined ? [at, fillReferences(spec, known)] : [at, { ...spec, digest }]
  }
  return new Map(
    [...records].map(([stack, record]) => [
      stack,
      record && { ...record, resources: Object.fromEntries(entriesOf(record.resources).map(filled)) },
    ]),
  )
}

/** The source of a stack in a generation; undefined: the generation did not concern it. */
export const sourceIn = ({ stacks }: Generation, stack: string): StackSource | undefined =>
  Object.hasOwn(stacks, stack) ? stacks[stack] : undefined

/** Whether a stack is another one in two generations. */
export const differs = (left: StackRecord | undefined, right: StackRecord | undefined): boolean =>
  left !== right && !isDeepStrictEqual(left?.resources, right?.resources)

/** The records of `after` that are not as in `before`. */
export const changedRecords = (before: Records, after: Records): Records =>
  new Map([...after].filter(([stack, record]) => !isDeepStrictEqual(record, before.get(stack))))

/** Operations that make records of `from` those of `to`; only stacks that differ are compared in depth. Pure. */
export function patchBetween(from: Records, to: Records): Patch {
  const stacks = [...new Set([...from.keys(), ...to.keys()])].sort()
  return stacks.flatMap((stack): Operation[] => {
    const [left, right] = [from.get(stack), to.get(stack)]
    const path = `/stacks/${jsonpatch.escapePathComponent(stack)}`
    if (right === undefined) return left === undefined ? [] : [{ op: 'remove', path }]
    if (left === undefined) return [{ op: 'add', path, value: right }]
    const isSame = (at: Address): boolean => isDeepStrictEqual(left.resources[at], right.resources[at])
    return jsonpatch
      .compare(without(left, isSame), without(right, isSame))
      .map((operation) => ({ ...operation, path: path + operation.path }))
  })
}

const without = (record: StackRecord, isLeftOut: (at: Address) => boolean): StackRecord => ({
  ...record,
  resources: Object.fromEntries(entriesOf(record.resources).filter(([at]) => !isLeftOut(at))),
})

/** A document with a patch applied; stacks that it does not touch are the same objects. Pure. */
export function patched(document: HistoryDocument, patch: Patch): HistoryDocument {
  const stacks = new Map(document)
  const within = new Map<string, Operation[]>()
  for (const operation of patch) {
    const [, , name = '', ...rest] = operation.path.split('/')
    const stack = jsonpatch.unescapePathComponent(name)
    const path = rest.map((part) => `/${part}`).join('')
    if (path !== '') within.set(stack, [...(within.get(stack) ?? []), { ...operation, path }])
    else if (operation.op === 'add') stacks.set(stack, operation.value as StackRecord)
    else stacks.delete(stack)
  }
  for (const [stack, operations] of within)
    stacks.set(stack, jsonpatch.applyPatch(stacks.get(stack) as StackRecord, operations, false, false).newDocument)
  return stacks
}

/** A patch that does not fit its document is damaged: earlier generations are lost. */
function patchedOrNothing(document: HistoryDocument, patch: Patch): HistoryDocument | undefined {
  try {
    return patched(document, patch)
  } catch {
    return undefined
  }
}

/** One generation with all that it left. */
export interface Revision {
  readonly generation: number
  readonly document: HistoryDocument
}

/** The stored generations with their documents, newest first, each computed when it is requested. */
export function* revisionsOf({ document, patches }: History): Generator<Revision, undefined> {
  let generation = Math.max(0, ...patches.keys())
  let rebuilt = document
  for (let patch = patches.get(generation); patch !== undefined; patch = patches.get(generation)) {
    yield { generation, document: rebuilt }
    const earlier = patchedOrNothing(rebuilt, patch)
    if (earlier === undefined) return undefined
    rebuilt = earlier
    generation -= 1
  }
  return undefined
}

/** The document of one generation. Raises `unknown-generation` (refused). */
export function documentAt(history: History, generation: number): HistoryDocument {
  for (const moment of revisionsOf(history)) if (moment.generation === generation) return moment.document
  throw unknownGeneration(String(generation), [...history.patches.keys()])
}

export const unknownGeneration = (declared: string, kept: readonly number[]) =>
  refuse({
    code: 'unknown-generation',
    message: `No generation "${declared}" is stored.`,
    hint:
      kept.length > 0
        ? `Stored: ${Math.min(...kept)} to ${Math.max(...kept)}.`
        : 'Nothing was applied on this instance yet.',
  })

import { isDeepStrictEqual } from 'node:util'
import jsonpatch from 'fast-json-patch'
import type { DesiredStack, Resource } from '../../model/desired.ts'
import { refusedError } from '../../model/errors.ts'
import type {
  Generation,
  History,
  HistoryDocument,
  Patch,
  PatchOperation,
  StackRecord,
  StackSource,
} from '../../model/generation.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { joinsDefaultNetwork, recordedSpec } from '../../model/kinds/rules/rules.ts'
import { entriesOf, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { fillReferences } from '../../model/tokens.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { specHash } from '../../model/values/stable-json.ts'

export type Records = ReadonlyMap<string, StackRecord | undefined>

/** A hash of all declared specs of a stack before they are resolved: the same files, variables and contents give the same hash. */
export const desiredHash = (stack: Pick<DesiredStack, 'resources'>): string =>
  specHash(Object.fromEntries([...stack.resources].map(([address, { spec }]) => [address, spec])))

/** The stacks that resources belong to. The default network belongs to the instance, not to a stack. */
export const stacksOf = (addresses: Iterable<ResourceAddress>): Set<string> =>
  new Set(
    [...addresses]
      .filter((address) => address !== defaultNetwork)
      .map((address) => parseResourceAddress(address).stack),
  )

/**
 * Records of stacks after a run: the records before, without removed objects, with desired ones. undefined: nothing is left of the stack.
 * A stack records the default network too where one of its containers is on it. Pure.
 */
export function nextRecords(
  before: Records,
  run: {
    readonly desired: ReadonlyMap<ResourceAddress, Resource>
    readonly removes: (address: ResourceAddress) => boolean
    readonly sources: Readonly<Record<string, StackSource>>
  },
): Records {
  const desired = new Map([...run.desired].map(([address, resource]) => [address, recordedSpec(resource)]))
  const next = new Map<string, Record<ResourceAddress, object>>(Object.keys(run.sources).map((stack) => [stack, {}]))
  for (const [stack, resources] of next)
    for (const [address, spec] of entriesOf(before.get(stack)?.resources ?? {}))
      if (address !== defaultNetwork && !run.removes(address)) resources[address] = spec
  for (const [address, spec] of desired)
    if (address !== defaultNetwork)
      (next.get(parseResourceAddress(address).stack) as Record<ResourceAddress, object>)[address] = spec
  return new Map(
    [...next].map(([stack, resources]) => {
      const shared = desired.get(defaultNetwork) ?? before.get(stack)?.resources[defaultNetwork]
      if (shared !== undefined && Object.values(resources).some(joinsDefaultNetwork)) resources[defaultNetwork] = shared
      const record = { desiredHash: ownValue(run.sources, stack)?.desiredHash ?? null, resources }
      // Absent and undefined are one in JSON.
      return [stack, Object.keys(resources).length === 0 ? undefined : (plain(record) as StackRecord)]
    }),
  )
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Fills digests in that only a run has found out. The same records where there is nothing to fill in. Pure. */
export function withDigests(records: Records, digests: ReadonlyMap<ResourceAddress, string>): Records {
  if (digests.size === 0) return records
  const known = (address: ResourceAddress, output: string) => (output === 'digest' ? digests.get(address) : undefined)
  const filled = ([address, spec]: readonly [ResourceAddress, object]): [ResourceAddress, object] => {
    const digest = digests.get(address)
    return digest === undefined ? [address, fillReferences(spec, known)] : [address, { ...spec, digest }]
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

/** True if a stack differs between two generations. */
export const differs = (left: StackRecord | undefined, right: StackRecord | undefined): boolean =>
  left !== right && !isDeepStrictEqual(left?.resources, right?.resources)

/** The records of `after` that are not as in `before`. */
export const changedRecords = (before: Records, after: Records): Records =>
  new Map([...after].filter(([stack, record]) => !isDeepStrictEqual(record, before.get(stack))))

/** Operations that make records of `from` those of `to`; only stacks that differ are compared in depth. Pure. */
export function patchBetween(from: Records, to: Records): Patch {
  const stacks = [...new Set([...from.keys(), ...to.keys()])].sort()
  return stacks.flatMap((stack): PatchOperation[] => {
    const [left, right] = [from.get(stack), to.get(stack)]
    const path = `/stacks/${jsonpatch.escapePathComponent(stack)}`
    if (right === undefined) return left === undefined ? [] : [{ op: 'remove', path }]
    if (left === undefined) return [{ op: 'add', path, value: right }]
    const isSame = (address: ResourceAddress): boolean =>
      isDeepStrictEqual(left.resources[address], right.resources[address])
    return jsonpatch
      .compare(without(left, isSame), without(right, isSame))
      .flatMap((operation) => (operation.op === '_get' ? [] : [{ ...operation, path: path + operation.path }]))
  })
}

const without = (record: StackRecord, isLeftOut: (address: ResourceAddress) => boolean): StackRecord => ({
  ...record,
  resources: Object.fromEntries(entriesOf(record.resources).filter(([address]) => !isLeftOut(address))),
})

/** A document with a patch applied; stacks that it does not touch are the same objects. Pure. */
export function patched(document: HistoryDocument, patch: Patch): HistoryDocument {
  const stacks = new Map(document)
  const within = new Map<string, PatchOperation[]>()
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
  throw unknownGenerationError(String(generation), [...history.patches.keys()])
}

export const unknownGenerationError = (declared: string, kept: readonly number[]) =>
  refusedError({
    code: 'unknown-generation',
    message: `No generation "${declared}" is stored.`,
    hint:
      kept.length > 0
        ? `Stored: ${Math.min(...kept)} to ${Math.max(...kept)}.`
        : 'Nothing was applied on this instance yet.',
  })

import { type Resource, recordedResource, type SecretValues } from '../../model/desired.ts'
import { HeroPodsError, refusedError } from '../../model/errors.ts'
import type { Generation, History, HistoryDocument, StackRecord, StackSource } from '../../model/generation.ts'
import { ownerLabel } from '../../model/ownership.ts'
import { entriesOf, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { sensitiveNames, sensitiveToken } from '../../model/tokens.ts'
import { reasons } from '../plan/step-reason.ts'
import type { Planned } from '../planned.ts'
import { planScope } from '../reconcile.ts'
import type { Session } from '../session.ts'
import { differs, documentAt, revisionsOf, sourceIn } from './history.ts'
import { failedTargets, removedStacks, revivedStacks } from './rollback-warnings.ts'
import { createUnsealer } from './seal.ts'

export interface RollbackOptions {
  /** The generation to return to; default: for each stack the newest earlier one that was successful and differs, and which has it unless `stacks` names it. */
  readonly to?: number
  /** Only these stacks; default: those that differ from that generation, or without `to` those of the newest change. */
  readonly stacks?: readonly string[]
}

/** One stack of a rollback. */
export interface StackRollback {
  readonly stack: string
  /** The generation whose state is restored. */
  readonly to: number
  /** `desiredHash` of the restored stack; null: the stack is removed, or only a part of it was declared. */
  readonly desiredHash: string | null
  /** The newest generation, and the `desiredHash` of this stack in it. */
  readonly from: { readonly generation: number; readonly desiredHash: string | null }
  /** The newest generation that was applied from the files of the stack; undefined: none is stored. */
  readonly declaredIn?: number
}

export interface PlannedRollback extends Planned {
  readonly stacks: readonly StackRollback[]
}

/**
 * Plans stacks as an earlier generation had them, regardless of their files: digests, addresses, subnets and contents of that time.
 * Stacks that did not exist then are removed; their volumes are released. Raises (refused) `unknown-generation`, `unknown-stack`,
 * `nothing-earlier`, `owned-by-other`, `sensitive-unreadable`, and as `planScope`.
 */
export async function makeRollback(session: Session, options: RollbackOptions): Promise<PlannedRollback> {
  const [history, generations] = await Promise.all([session.state.history(), session.state.generations()])
  const chosen =
    options.to === undefined
      ? stacksAtLastGood(history, generations, options.stacks)
      : stacksAtGeneration(history, generations, options.to, options.stacks)
  const managed = chosen.find((one) => isManaged(one.stack, history.document, one.document))
  if (managed) throw ownedByProgramError(managed.stack)
  const records = chosen.map((one) => ({ ...one, record: one.document.get(one.stack) }))
  const desired = new Map<ResourceAddress, Resource>(records.flatMap(({ record }) => resourcesOf(record)))
  const names = new Set(chosen.map((one) => one.stack))
  const rollbackOf = options.to ?? Math.max(...chosen.map((one) => one.to))
  const planned = await planScope(session, {
    scope: { desired, removes: (address) => names.has(parseResourceAddress(address).stack) },
    secretValues: await unsealedValues(session, records),
    deleteData: false,
    removalReason: reasons.notInGeneration(rollbackOf),
    mayTouch: (owner) => owner === undefined,
    sources: new Map(records.map(({ stack, to, record }) => [stack, sourceOf(generations, stack, to, record)])),
    rollbackOf,
  }).catch((error: unknown) => {
    throw withRollbackHint(error)
  })
  const newest = newestOf(history)
  const targets = new Set(chosen.map((one) => one.to))
  const absent = records.flatMap(({ stack, to, record }) => (record === undefined ? [{ stack, to }] : []))
  const revived = records.flatMap(({ stack, record }) =>
    record !== undefined && !history.document.has(stack) ? [stack] : [],
  )
  const warnings = [
    ...failedTargets(generations.filter(({ generation }) => targets.has(generation))),
    ...(options.stacks === undefined ? removedStacks(absent) : []),
    ...(options.stacks === undefined ? revivedStacks(revived, [...names], generations) : []),
  ]
  return {
    ...planned,
    plan: { ...planned.plan, warnings: [...planned.plan.warnings, ...warnings] },
    stacks: records.map(({ stack, to, record }) => ({
      stack,
      to,
      desiredHash: record?.desiredHash ?? null,
      from: { generation: newest, desiredHash: history.document.get(stack)?.desiredHash ?? null },
      ...declaration(generations, stack),
    })),
  }
}

/** A rollback restores a recorded state, and the files stay as they are. Pure. */
export function declaration(generations: readonly Generation[], stack: string): Pick<StackRollback, 'declaredIn'> {
  const applied = generations.findLast(
    (one) => one.rollbackOf === undefined && (sourceIn(one, stack)?.desiredHash ?? null) !== null,
  )
  return applied === undefined ? {} : { declaredIn: applied.generation }
}

/** One stack as a stored generation had it, with the values that it refers to. undefined: it did not exist, or is not stored. */
export async function recordedStack(
  session: Session,
  generation: number,
  stack: string,
): Promise<
  | {
      readonly record: StackRecord
      readonly resources: ReadonlyMap<ResourceAddress, Resource>
      readonly secretValues: SecretValues
    }
  | undefined
> {
  const history = await session.state.history()
  if (!history.patches.has(generation)) return undefined
  const record = documentAt(history, generation).get(stack)
  if (record === undefined) return undefined
  return {
    record,
    resources: new Map(resourcesOf(record)),
    secretValues: await unsealedValues(session, [{ stack, record }]),
  }
}

interface StackAtGeneration {
  readonly stack: string
  readonly to: number
  readonly document: HistoryDocument
}

const newestOf = (history: History): number => Math.max(0, ...history.patches.keys())

/** The stacks as they were in one generation. */
function stacksAtGeneration(
  history: History,
  generations: readonly Generation[],
  to: number,
  declared?: readonly string[],
): StackAtGeneration[] {
  const document = documentAt(history, to)
  const now = history.document
  const known = namesIn(now, document)
  const differing = known.filter((stack) => differs(now.get(stack), document.get(stack)))
  // If nothing differs, the stacks of that generation are planned: they may have drifted.
  const stacksOfRun = Object.keys(generations.find((one) => one.generation === to)?.stacks ?? {})
  const found = differing.length > 0 ? differing : stacksOfRun.filter((stack) => known.includes(stack))
  if (declared) requireKnown(declared, known)
  const chosen = declared ?? found.filter((stack) => !isManaged(stack, now, document))
  return chosen.map((stack) => ({ stack, to, document }))
}

/**
 * Each stack as in the newest earlier generation that was successful and in which it differs. Raises `unknown-stack`, `nothing-earlier`
 * (refused). Pure.
 */
export function stacksAtLastGood(
  history: History,
  generations: readonly Generation[],
  declared?: readonly string[],
): StackAtGeneration[] {
  const results = new Map(generations.map((one) => [one.generation, one]))
  const stacks = declared ?? changedLast(history)
  if (declared) requireKnown(declared, namesIn(...[...revisionsOf(history)].map((revision) => revision.document)))
  const chosen: StackAtGeneration[] = []
  for (const { generation, document } of revisionsOf(history)) {
    const one = results.get(generation)
    for (const stack of stacks) {
      const isFound = chosen.some((choice) => choice.stack === stack)
      const record = document.get(stack)
      // A run of another stack does not prove that this one was good.
      // Only a user who names a stack may remove it.
      const isRemoval = record === undefined && declared === undefined
      const isGood = one?.result === 'done' && (record === undefined || sourceIn(one, stack) !== undefined)
      if (!isFound && isGood && !isRemoval && differs(record, history.document.get(stack)))
        chosen.push({ stack, to: generation, document })
    }
  }
  const missing = stacks.filter((stack) => !chosen.some((choice) => choice.stack === stack))
  if (stacks.length === 0 || missing.length > 0)
    throw refusedError({
      code: 'nothing-earlier',
      message: `No earlier successful generation is stored with ${missing.length > 0 ? `another ${missing.join(', ')}` : 'another state'}.`,
      hint: '`heropods history` lists the stored ones; `heropods rollback GENERATION` goes to any of them.',
    })
  return chosen
}

/** The stacks of files that changed in the newest generation with such a change. */
function changedLast(history: History): readonly string[] {
  let after: HistoryDocument = history.document
  for (const { document } of revisionsOf(history)) {
    const changed = namesIn(after, document).filter(
      (stack) => differs(after.get(stack), document.get(stack)) && !isManaged(stack, after, document),
    )
    if (changed.length > 0) return changed
    after = document
  }
  return []
}

const namesIn = (...documents: readonly HistoryDocument[]): readonly string[] =>
  [...new Set(documents.flatMap((document) => [...document.keys()]))].sort()

/** A Pulumi program restores its objects itself. */
const isManaged = (stack: string, ...documents: readonly HistoryDocument[]): boolean =>
  documents.some((document) =>
    recordedEntries(document.get(stack)).some(([, one]) => one?.spec.labels[ownerLabel] !== undefined),
  )

const ownedByProgramError = (stack: string) =>
  refusedError({
    code: 'owned-by-other',
    message: `The stack "${stack}" is, or was then, managed by a Pulumi program.`,
    hint: 'Go back to that state in the program, then run `pulumi up`.',
  })

function requireKnown(stacks: readonly string[], known: readonly string[]): void {
  const unknown = stacks.find((stack) => !known.includes(stack))
  if (unknown === undefined) return
  throw refusedError({
    code: 'unknown-stack',
    message: `There is no stack "${unknown}" now, and there was none in that generation.`,
    hint: `Known: ${known.join(', ') || 'none'}.`,
  })
}

const recordedEntries = (
  record: StackRecord | undefined,
): readonly (readonly [ResourceAddress, Resource | undefined])[] =>
  entriesOf(record?.resources ?? {}).map(([address, spec]) => [address, recordedResource(address, spec)])

const resourcesOf = (record: StackRecord | undefined): readonly (readonly [ResourceAddress, Resource])[] =>
  recordedEntries(record).map(([address, one]) => {
    if (one) return [address, one]
    throw refusedError({
      code: 'record-damaged',
      message: `The record of ${address} in the history is not valid.`,
      hint: 'Apply the stack from its files; that writes a new generation.',
      address,
    })
  })

function sourceOf(
  generations: readonly Generation[],
  stack: string,
  to: number,
  record: StackRecord | undefined,
): StackSource {
  const declaring = generations.findLast((one) => one.generation <= to && sourceIn(one, stack) !== undefined)
  return { desiredHash: record?.desiredHash ?? null, files: (declaring && sourceIn(declaring, stack)?.files) ?? [] }
}

/** The values that records refer to. Raises `sensitive-unreadable` (refused). */
async function unsealedValues(
  session: Session,
  records: readonly { stack: string; record: StackRecord | undefined }[],
): Promise<SecretValues> {
  const sealed = await session.state.sealed()
  const unseal = createUnsealer(session.key)
  const secretValues = new Map<string, string>()
  for (const { stack, record } of records) {
    for (const name of sensitiveNames(JSON.stringify(record ?? null))) {
      const sealedValue = sealed.get(name)
      const value = sealedValue === undefined ? undefined : unseal(name, sealedValue)
      if (value === undefined)
        throw refusedError({
          code: 'sensitive-unreadable',
          message: `Sensitive values or files of the stack "${stack}" of that time cannot be read: ${sealedValue === undefined ? 'they are not stored' : 'they are damaged, or the key of the instance has changed since then'}.`,
          hint: '`heropods refresh` restores them from their copy on disk. Otherwise restore the old key file, or apply the stack from its files.',
        })
      secretValues.set(sensitiveToken(name), value)
    }
  }
  return secretValues
}

/** Adds a hint for rollbacks to the error of an address that another container has now. */
function withRollbackHint(error: unknown): unknown {
  if (!(error instanceof HeroPodsError) || !error.diagnostics.some((one) => one.code === 'bad-address')) return error
  return refusedError(
    error.diagnostics.map((one) =>
      one.code === 'bad-address'
        ? {
            ...one,
            hint: 'In that generation it had this address. If another container has it now: remove that container first. If the subnet has changed: apply the stack files instead.',
          }
        : one,
    ),
  )
}

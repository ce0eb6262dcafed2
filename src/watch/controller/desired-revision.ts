import type { Address } from '../../model/address.ts'
import type { Desired, Resource, SecretValues } from '../../model/desired.ts'
import type { Place } from '../../model/errors.ts'
import type { StackSource } from '../../model/generation.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { desiredHash } from '../../reconciler/history/history.ts'

/** What the host is held against for one stack: as its files state it, or as a generation had it. */
export interface DesiredRevision {
  readonly stack: string
  readonly hash: string
  readonly wanted: ReadonlyMap<Address, Resource>
  /** Containers of profiles that are not active: left as they are. */
  readonly inactive: readonly Address[]
  readonly secretValues: SecretValues
  readonly source: StackSource
  readonly place?: (at: Address) => Promise<Place | undefined>
}

/** What the files of one stack ask for. */
export function revisionOfFiles({ stacks, secretValues }: Desired): DesiredRevision {
  const [stack] = stacks
  if (stack === undefined) throw new Error('a stack is loaded alone')
  const hash = desiredHash(stack)
  return {
    stack: stack.name,
    hash,
    wanted: stack.resources,
    inactive: stack.inactive,
    secretValues,
    source: { desiredHash: hash, files: stack.files },
    place: (at) => stack.place(at),
  }
}

/** A stack as a generation had it; undefined where it was not there, or is not kept. Raises `sensitive-unreadable` (refused). */
export async function revisionOfGeneration(
  engine: Engine,
  generation: number,
  stack: string,
): Promise<DesiredRevision | undefined> {
  const found = await engine.recordedStack(generation, stack)
  if (found === undefined) return undefined
  const { record, resources, secretValues } = found
  return {
    stack,
    hash: record.desiredHash ?? `generation ${generation}`,
    wanted: resources,
    inactive: [],
    secretValues,
    source: { desiredHash: record.desiredHash, files: [] },
  }
}

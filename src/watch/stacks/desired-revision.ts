import type { Desired, Resource, SecretValues } from '../../model/desired.ts'
import type { Place } from '../../model/errors.ts'
import type { GenerationOrigin, StackSource } from '../../model/generation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { desiredHash } from '../../reconciler/history/history.ts'

/** The desired state of one stack: of its files, or of a recorded generation. */
export interface DesiredRevision {
  readonly stack: string
  readonly hash: string
  readonly resources: ReadonlyMap<ResourceAddress, Resource>
  /** Containers of inactive profiles: they are left unchanged. */
  readonly inactive: readonly ResourceAddress[]
  readonly secretValues: SecretValues
  readonly source: StackSource
  /** Where it comes from; undefined: from a recorded generation. */
  readonly origin?: GenerationOrigin
  /** ID of the newest commit of the source with which these files were first read; undefined: not from git. */
  readonly sourceCommit?: string
  readonly place?: (address: ResourceAddress, path?: string) => Promise<Place | undefined>
}

/** The revision of a stack's files. */
export function revisionOfFiles(
  { stacks, secretValues }: Desired,
  origin: GenerationOrigin,
  sourceCommit?: string,
): DesiredRevision {
  const [stack] = stacks
  if (stack === undefined) throw new Error('a stack is loaded alone')
  const hash = desiredHash(stack)
  return {
    stack: stack.name,
    hash,
    resources: stack.resources,
    inactive: stack.inactive,
    secretValues,
    source: { desiredHash: hash, files: stack.files },
    origin,
    ...(sourceCommit !== undefined && { sourceCommit }),
    place: (address, path) => stack.place(address, path),
  }
}

/** The revision of a recorded generation; undefined if the record does not contain the stack. Raises `sensitive-unreadable` (refused). */
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
    resources: resources,
    inactive: [],
    secretValues,
    source: { desiredHash: record.desiredHash, files: [] },
  }
}

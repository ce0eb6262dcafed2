import type { Diagnostic } from '../../errors.ts'
import { toDiagnostic } from '../../errors.ts'
import type { Address, ReadContext } from '../provider.ts'
import { archiveDigest } from './archive.ts'
import { busyboxDigest } from './builtin.ts'
import { registryDigest } from './registry.ts'
import type { ImageSpec } from './spec.ts'
import { isUnpacked, readClaims } from './store.ts'

export interface Digests {
  /** Images whose digest is known before anything is pulled. */
  readonly digests: ReadonlyMap<Address, string>
  readonly errors: readonly Diagnostic[]
}

/** Digests as far as they can be told without changing anything: from files, from earlier pulls, from the registry. */
export async function resolveDigests(read: ReadContext, images: ReadonlyMap<Address, ImageSpec>): Promise<Digests> {
  const digests = new Map<Address, string>()
  const errors: Diagnostic[] = []
  await Promise.all(
    [...images].map(async ([at, spec]) => {
      try {
        const digest = await digestOf(read, spec)
        if (digest !== undefined) digests.set(at, digest)
        else if (spec.source.type === 'ref' && spec.pull_policy === 'never') errors.push(absent(at, spec.source.ref))
      } catch (error) {
        errors.push({ ...toDiagnostic(error), address: at })
      }
    }),
  )
  return { digests, errors }
}

async function digestOf(read: ReadContext, spec: ImageSpec): Promise<string | undefined> {
  const { source, pull_policy } = spec
  if (source.type === 'builtin') return busyboxDigest(read)
  if (source.type === 'archive') return archiveDigest(read, source.path)
  const known = await knownDigest(read, source.ref)
  if (pull_policy === 'always') return (await registryDigest(source.ref)) ?? known
  return known ?? (pull_policy === 'never' ? undefined : registryDigest(source.ref))
}

/** What an earlier pull of the same reference gave, as long as it is still here. */
async function knownDigest(read: ReadContext, ref: string): Promise<string | undefined> {
  const claims = await read.once('image-claims', () => readClaims(read))
  for (const claim of claims.values()) {
    if (
      claim.spec.source.type === 'ref' &&
      claim.spec.source.ref === ref &&
      (await isUnpacked(read.host, read.paths, claim.digest))
    )
      return claim.digest
  }
  return undefined
}

const absent = (at: Address, ref: string): Diagnostic => ({
  code: 'image-missing',
  message: `The image ${ref} is not here, and its pull_policy is never.`,
  hint: 'Pull it once with another policy, or import it as an archive.',
  address: at,
})

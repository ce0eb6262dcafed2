import type { Diagnostic } from '../../errors.ts'
import { refuse, toDiagnostic } from '../../errors.ts'
import type { Address, ReadContext } from '../provider.ts'
import { archiveDigest, inspectArchive } from './archive.ts'
import { busyboxDigest } from './builtin.ts'
import { registryDigest } from './registry.ts'
import type { ImageSpec } from './spec.ts'
import { isUnpacked, readClaims } from './store.ts'

/** Readings under such a key ask a registry, and may take seconds. */
export const registryKey = 'registry '

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
  if (spec.digest !== undefined) return kept(read, spec, spec.digest)
  if (source.type === 'builtin') return busyboxDigest(read)
  if (source.type === 'archive') return unpackable(read, source.path)
  const known = await knownDigest(read, source.ref)
  const ask = () => read.once(`${registryKey}${source.ref}`, () => registryDigest(source.ref))
  if (pull_policy === 'always') return (await ask()) ?? known
  return known ?? (pull_policy === 'never' ? undefined : ask())
}

/** Whatever is wrong with an archive is told by the plan. */
async function unpackable(read: ReadContext, path: string): Promise<string> {
  const digest = await archiveDigest(read, path)
  if (!(await isUnpacked(read.host, read.paths, digest))) await inspectArchive(read, path)
  return digest
}

/**
 * The digest that an earlier generation had. It is still unpacked, or can be had again: from the registry by its name, from an
 * archive or the host while they still give it. undefined: it would have to be pulled, which is not wanted. Raises `image-gone`
 * (refused).
 */
async function kept(
  read: ReadContext,
  { source, pull_policy }: ImageSpec,
  digest: string,
): Promise<string | undefined> {
  if (await isUnpacked(read.host, read.paths, digest)) return digest
  if (source.type === 'ref') return pull_policy === 'never' ? undefined : digest
  const now = source.type === 'builtin' ? await busyboxDigest(read) : await unpackable(read, source.path)
  if (now === digest) return digest
  throw refuse({
    code: 'image-gone',
    message: `The image ${digest.slice(0, 19)} is no longer unpacked, and ${source.type === 'builtin' ? 'the busybox of this host' : source.path} is another one now.`,
    hint: 'Put the old one back, or apply the stack from its files.',
  })
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

import type { Diagnostic } from '../../../model/errors.ts'
import { refusedError, toDiagnostic } from '../../../model/errors.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import { platformReference } from '../../../model/kinds/images/platform.ts'
import { type PullPolicy, pullPeriodMs } from '../../../model/kinds/images/pull-policy.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { type ReadContext, registryReading } from '../../provider.ts'
import type { RegistryDigest } from '../../runtime.ts'
import { archiveDigest, inspectArchive } from './archive.ts'
import { busyboxDigest } from './builtin.ts'
import { findLocal, isLocalhostRef, type LocalImage, readLocalImages } from './local-images.ts'
import { imagesOfPrograms, readTaggedImages } from './named/names.ts'
import { isForPlatform, platformMissing } from './platforms.ts'
import { podmanOffError, requirePodman, usesPodman } from './podman-setting.ts'
import { recentAnswer } from './pull/answers.ts'
import { askRegistries, type Refusal } from './registry/registry.ts'
import { type Claim, isUnpacked, readClaims } from './store.ts'

export interface Digests {
  /** Digests that are known before anything is pulled. */
  readonly digests: ReadonlyMap<ResourceAddress, string>
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  /** New answers of registries for images with a time-based pull policy. */
  readonly answers: readonly RegistryDigest[]
}

/** Resolves digests from files, earlier pulls, podman's storage and registries. Reads only. */
export async function resolveDigests(
  read: ReadContext,
  images: ReadonlyMap<ResourceAddress, ImageSpec>,
): Promise<Digests> {
  const digests = new Map<ResourceAddress, string>()
  const errors: Diagnostic[] = []
  const warnings: Diagnostic[] = []
  const answers: RegistryDigest[] = []
  const report: Report = { warn: (warning) => warnings.push(warning), answered: (answer) => answers.push(answer) }
  await Promise.all(
    [...images].map(async ([address, spec]) => {
      try {
        const digest = await digestOf(read, address, spec, report)
        if (digest !== undefined) digests.set(address, digest)
        else if (spec.source.type === 'ref' && spec.pull_policy === 'never')
          errors.push(absent(address, spec.source.ref))
        else if (spec.source.type === 'ref' && isLocalhostRef(spec.source.ref))
          errors.push(notInPodman(address, spec.source.ref))
      } catch (error) {
        errors.push({ ...toDiagnostic(error), address })
      }
    }),
  )
  return { digests, errors, warnings, answers }
}

/** Takes the results of a search for a digest, besides the digest. */
interface Report {
  readonly warn: (warning: Diagnostic) => void
  readonly answered: (answer: RegistryDigest) => void
}

async function digestOf(
  read: ReadContext,
  address: ResourceAddress,
  spec: ImageSpec,
  report: Report,
): Promise<string | undefined> {
  const { source } = spec
  if (spec.digest !== undefined) return pinnedDigest(read, spec, spec.digest)
  if (source.type === 'builtin') return busyboxDigest(read)
  if (source.type === 'archive') return checkedArchiveDigest(read, source.path)
  const { pull_policy: policy, platform } = spec
  return digestOfReference(read, address, { ref: source.ref, policy, platform }, report)
}

interface NamedReference {
  readonly ref: string
  readonly platform: string | undefined
}

interface PolledReference extends NamedReference {
  readonly policy: PullPolicy
}

async function digestOfReference(
  read: ReadContext,
  address: ResourceAddress,
  image: PolledReference,
  { warn, answered }: Report,
): Promise<string | undefined> {
  const { ref, policy, platform } = image
  if (!(await usesPodman(read))) return unpackedDigest(read, address, image)
  const periodMs = pullPeriodMs(policy)
  const key = platformReference(ref, platform)
  const recent = periodMs === undefined ? undefined : await recentAnswer(read, key, periodMs)
  if (recent !== undefined) return recent
  const known = await knownDigest(read, address, image)
  const mayAsk = policy === 'always' || periodMs !== undefined || (policy === 'missing' && known === undefined)
  if (!mayAsk || isLocalhostRef(ref)) return known
  if (known === undefined) await warnOfLocalName(read, address, ref, warn)
  const { digest, refusal, platforms, askedAt } = await read.once(registryReading(key, periodMs), async () => ({
    ...(await askRegistries(read.host, ref, platform)),
    askedAt: new Date().toISOString(),
  }))
  if (platform !== undefined && platforms !== undefined) throw refusedError(platformMissing(ref, platform, platforms))
  if (refusal !== undefined) warn(registryRefusal(address, refusal, known))
  else if (digest === undefined && known !== undefined) warn(silent(address, ref))
  if (digest !== undefined && periodMs !== undefined) answered({ ref: key, digest, askedAt })
  return digest ?? known
}

const localImages = (read: ReadContext): Promise<readonly LocalImage[]> =>
  read.once('podman-images', () => readLocalImages(read.host))

/** The digest of an archive. Inspects an archive that is not unpacked yet, so that the plan reports its faults. */
async function checkedArchiveDigest(read: ReadContext, path: string): Promise<string> {
  const digest = await archiveDigest(read, path)
  if (!(await isUnpacked(read.host, read.paths, digest))) await inspectArchive(read, path)
  return digest
}

/**
 * The digest of an earlier generation, if its image is still unpacked or can be obtained again: from podman, a registry, an archive or
 * the host. undefined: the image must be pulled, but `pull_policy: never` or a localhost/ name forbids it. Raises `image-gone` (refused).
 */
async function pinnedDigest(
  read: ReadContext,
  { source, pull_policy }: ImageSpec,
  digest: string,
): Promise<string | undefined> {
  if (await isUnpacked(read.host, read.paths, digest)) return digest
  if (source.type === 'ref') {
    await requirePodman(read, source.ref)
    const isHere = (await localImages(read)).some((image) => image.digests.has(digest))
    return isHere || (pull_policy !== 'never' && !isLocalhostRef(source.ref)) ? digest : undefined
  }
  const now = source.type === 'builtin' ? await busyboxDigest(read) : await checkedArchiveDigest(read, source.path)
  if (now === digest) return digest
  throw refusedError({
    code: 'image-gone',
    message: `The image ${digest.slice(0, 19)} is no longer unpacked, and ${source.type === 'builtin' ? 'the busybox of this host' : source.path} has other content now.`,
    hint: `Restore the previous ${source.type === 'builtin' ? 'busybox' : 'archive'}, or run \`heropods apply\` on the stack files.`,
  })
}

/** The digest of a reference whose image is unpacked already, and so needs no podman. Raises `podman-off` (refused). */
async function unpackedDigest(read: ReadContext, address: ResourceAddress, image: NamedReference): Promise<string> {
  const known = await knownDigest(read, address, image)
  if (known !== undefined && (await isUnpacked(read.host, read.paths, known))) return known
  throw podmanOffError(read.paths.instance, image.ref)
}

/**
 * The digest of a reference from an unpacked image, from podman's storage or from the tags of imported and pulled images. An unpacked
 * image of the same reference comes first, since it may have the digest of a multi-platform index, which podman does not list.
 */
async function knownDigest(
  read: ReadContext,
  address: ResourceAddress,
  { ref, platform }: NamedReference,
): Promise<string | undefined> {
  const claims = await imageClaims(read)
  const named = findLocal(await localImages(read), ref)
  const local = named && (await isForPlatform(read.host, named, platform)) ? named : undefined
  const ownName = local ? undefined : await namedDigest(read, platformReference(ref, platform))
  // An image of this host can get its name again with another content.
  if (ownName !== undefined && isLocalhostRef(ref)) return ownName
  const sameRef = [...claims].filter(
    ([, { spec }]) => spec.source.type === 'ref' && spec.source.ref === ref && spec.platform === platform,
  )
  for (const [, claim] of sameRef.sort(([left], [right]) => Number(right === address) - Number(left === address)))
    if ((local === undefined || isSameImage(claim, local)) && (await isUnpacked(read.host, read.paths, claim.digest)))
      return claim.digest
  return local?.digest ?? ownName
}

const imageClaims = (read: ReadContext): ReturnType<typeof readClaims> =>
  read.once('image-claims', () => readClaims(read))

/** The digest of an image that was imported or pulled under this name, or that a program has named, if it is still unpacked. */
async function namedDigest(read: ReadContext, key: string): Promise<string | undefined> {
  const tagged = (await read.once('image-names', () => readTaggedImages(read))).get(key)?.digest
  const digest = tagged ?? imagesOfPrograms(await imageClaims(read)).get(key)
  return digest !== undefined && (await isUnpacked(read.host, read.paths, digest)) ? digest : undefined
}

/** Warns if an image of docker.io must be pulled, and this host has an image with the same name below localhost/. */
async function warnOfLocalName(
  read: ReadContext,
  address: ResourceAddress,
  ref: string,
  warn: Report['warn'],
): Promise<void> {
  const ofHost = ref.replace(/^docker\.io\/library\//, 'localhost/')
  if (ofHost === ref) return
  const isHere = findLocal(await localImages(read), ofHost) ?? (await namedDigest(read, ofHost))
  if (isHere !== undefined) warn(otherOfHost(address, ref, ofHost))
}

/**
 * True if a claim and podman's image of the same reference are the same image. An earlier version that pulled images into podman's storage
 * (`pulledByUs`) recorded no id, so podman's image counts as the claimed one.
 */
const isSameImage = ({ imageId, digest, pulledByUs }: Claim, local: LocalImage): boolean =>
  imageId === undefined ? pulledByUs || local.digests.has(digest) : imageId === local.id

const absent = (address: ResourceAddress, ref: string): Diagnostic => ({
  code: 'image-missing',
  message: `The image ${ref} is not on this host, and its pull_policy is never.`,
  hint: 'Pull it once with another policy, load it into podman, or import it as an archive.',
  address,
})

const notInPodman = (address: ResourceAddress, ref: string): Diagnostic => ({
  code: 'image-missing',
  message: `Podman has no image ${ref}, and images of localhost/ cannot be pulled.`,
  hint: 'Build it with `heropods image build`, or import an archive with `heropods image import`.',
  address,
})

const otherOfHost = (address: ResourceAddress, ref: string, ofHost: string): Diagnostic => ({
  code: 'image-not-local',
  message: `${ref} is not on this host and is pulled. This host has ${ofHost}, which is another image.`,
  hint: `To use the image of this host, write \`${ofHost.replace(/:latest$/, '')}\`.`,
  address,
})

const silent = (address: ResourceAddress, ref: string): Diagnostic => ({
  code: 'registry-silent',
  message: `No registry answers for ${ref}: the local image is used.`,
  hint: 'Check the registry and `podman login`; `pull_policy: missing` does not contact the registry if the image is local.',
  address,
})

function registryRefusal(
  address: ResourceAddress,
  { registry, image, status }: Refusal,
  known: string | undefined,
): Diagnostic {
  const local = known === undefined ? '' : ' The local image is used.'
  return {
    code: 'image-not-found',
    address,
    ...(status === 404
      ? {
          message: `${registry} has no image ${image}.${local}`,
          hint: 'Correct the name or the tag, or push the image.',
        }
      : {
          message: `${registry} denies access to the image ${image} (HTTP ${status}).${local}`,
          hint: `Check the name, or log in with \`podman login ${registry}\`.`,
        }),
  }
}

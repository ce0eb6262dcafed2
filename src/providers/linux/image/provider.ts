import type { Address } from '../../../model/address.ts'
import type { Change, Diff } from '../../../model/change.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ImageActual, ImageSpec } from '../../../model/kinds/image.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { Provider, WriteContext } from '../../provider.ts'
import { each } from '../each.ts'
import { fieldChanges } from '../field-changes.ts'
import { archiveDigest, unpackArchive } from './archive.ts'
import { busyboxDigest, makeBusybox } from './builtin.ts'
import * as podman from './podman.ts'
import { dropPulled, exactReference, localImage, pullAsOurs } from './pull.ts'
import { isUnpacked, readClaims, removeClaim, unpack, unusableClaims, writeClaim } from './store.ts'

/** Unpacking is work for the disk: more at once does not make it faster. */
const width = 2

export const imageProvider: Provider<'image'> = {
  kind: 'image',

  async observe(read) {
    const claims = await read.once('image-claims', () => readClaims(read))
    const found = await Promise.all(
      [...claims].map(async ([at, claim]): Promise<[Address, ObservationOf<'image'>]> => {
        const unpacked = await isUnpacked(read.host, read.paths, claim.digest)
        return [
          at,
          {
            kind: 'image',
            presence: 'owned',
            spec: claim.spec,
            actual: { digest: claim.digest, unpacked, pulledByUs: claim.pulledByUs },
          },
        ]
      }),
    )
    const lost = (await unusableClaims(read)).map((at): [Address, ObservationOf<'image'>] => [
      at,
      { kind: 'image', presence: 'owned', spec: undefined, actual: { digest: '', unpacked: true, pulledByUs: false } },
    ])
    return new Map([...found, ...lost])
  },

  references: () => [],

  diff(desired, { spec, actual }): Diff {
    // Of an archive the content counts, not the place it lies at.
    const classOf = (field: string, path: string) =>
      field === 'digest' || path === '/source/path' ? undefined : 'live'
    const changes: Change[] = [...fieldChanges(spec, desired, classOf)]
    if (desired.digest !== actual.digest)
      changes.push({ path: '/digest', before: actual.digest, after: desired.digest, class: 'live' })
    if (!actual.unpacked)
      changes.push({
        path: '/unpacked',
        before: false,
        after: true,
        class: 'live',
        drift: 'its unpacked files are gone',
      })
    return changes.length === 0 ? { action: 'keep' } : { action: 'update', changes }
  },

  create: (write, items, done) =>
    each(items, done, (item) => ensure(write, item.address, item.spec, item.actual), width),
  update: (write, items, done) =>
    each(items, done, (item) => ensure(write, item.address, item.spec, item.actual), width),

  async rebuild(write, at, spec) {
    const claim = (await readClaims(write)).get(at)
    if (claim !== undefined && (await isUnpacked(write.host, write.paths, claim.digest))) return false
    const known = claim?.spec ?? spec
    if (known?.digest === undefined) return false
    const { digest } = await ensure(write, at, known, undefined)
    return digest === known.digest
  },

  remove: (write, items, _options, done) =>
    each(
      items,
      done,
      async (item) => {
        await removeClaim(write, item.address)
        const source = item.spec?.source
        if (source?.type !== 'ref' || !item.actual?.pulledByUs) return
        const stillClaimed = [...(await readClaims(write)).values()].some(
          (claim) => claim.spec.source.type === 'ref' && claim.spec.source.ref === source.ref,
        )
        // Refused while a container of podman's own uses it, and then it is not ours to remove.
        if (!stillClaimed) await write.host.attempt(podman.remove(source.ref))
      },
      1,
    ),
}

async function ensure(
  write: WriteContext,
  at: Address,
  spec: ImageSpec,
  actual: ImageActual | undefined,
): Promise<{ digest: string }> {
  const { digest, imageId } = await bring(write, at, spec)
  await writeClaim(write, at, {
    owner: at,
    spec: { ...spec, digest },
    digest,
    pulledByUs: actual?.pulledByUs ?? false,
    ...(imageId !== undefined && { imageId }),
  })
  return { digest }
}

interface Brought {
  readonly digest: string
  readonly imageId?: string | undefined
}

async function bring(write: WriteContext, at: Address, spec: ImageSpec): Promise<Brought> {
  const { source } = spec
  if (source.type === 'ref') return inTurn(source.ref, () => bringReference(write, at, spec, source.ref))
  if (spec.digest !== undefined && (await isUnpacked(write.host, write.paths, spec.digest)))
    return { digest: spec.digest }
  const digest = source.type === 'builtin' ? await busyboxDigest(write) : await archiveDigest(write, source.path)
  if (spec.digest !== undefined && digest !== spec.digest) throw changed(at)
  await unpack(write, digest, (rootfs) =>
    source.type === 'builtin' ? makeBusybox(write, rootfs) : unpackArchive(write, source.path, rootfs),
  )
  return { digest }
}

/** Who pulled an image for itself alone takes it away again: two that want the same one do so one after the other. */
const turns = new Map<string, Promise<unknown>>()
function inTurn<T>(ref: string, act: () => Promise<T>): Promise<T> {
  const own = (turns.get(ref) ?? Promise.resolve()).then(act, act)
  turns.set(ref, own)
  return own
}

const changed = (at: Address): HeroPodsError =>
  new HeroPodsError({
    code: 'image-changed',
    message: `What ${at} is made from has changed since the plan was made.`,
    hint: 'Run the command again.',
    address: at,
  })

async function bringReference(write: WriteContext, at: Address, spec: ImageSpec, ref: string): Promise<Brought> {
  const { host, paths } = write
  if (spec.digest !== undefined && (await isUnpacked(host, paths, spec.digest)))
    return { digest: spec.digest, imageId: await idOf(write, ref, spec.digest) }
  // What podman is given up for costs nothing but time.
  const signal = write.stop ? AbortSignal.any([write.signal, write.stop]) : write.signal
  if ((await localImage(host, ref, spec.digest)) === undefined && spec.pull_policy !== 'never') {
    write.progress(at, `pulling ${ref}`)
    await pullAsOurs(host, paths, { ref, digest: spec.digest }, signal)
  }
  const local = await localImage(host, ref, spec.digest)
  const name = local?.id ?? exactReference(ref, spec.digest)
  const image = podman.parseInspect((await host.run(podman.inspect(name), write.signal)).stdout)
  const digest = spec.digest ?? image.digest
  write.progress(at, `unpacking ${ref}`)
  await unpack(write, digest, async (rootfs) => {
    const mounted = (await host.run(podman.mount(image.id), write.signal)).stdout.trim()
    try {
      await host.run(podman.copy(mounted, rootfs), write.signal)
    } finally {
      await host.attempt(podman.unmount(image.id))
    }
    return image.config
  })
  if (!(await dropPulled(host, paths, ref))) write.progress(at, `podman keeps ${ref}, which it uses itself`)
  return { digest, imageId: image.id }
}

/** Podman's id of an image that is unpacked already. */
async function idOf(write: WriteContext, ref: string, digest: string): Promise<string | undefined> {
  const local = await localImage(write.host, ref, digest)
  return local?.id ?? [...(await readClaims(write)).values()].find((claim) => claim.digest === digest)?.imageId
}

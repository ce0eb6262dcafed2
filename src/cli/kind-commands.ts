import { type Address, isNamed, parseAddress } from '../model/address.ts'
import { ExitCode, refuse } from '../model/errors.ts'
import { ownedSpecs } from '../model/observation.ts'
import { dropAllPulled } from '../providers/image/pull.ts'
import { listImages, readClaims, readImageConfig, removeCached } from '../providers/image/store.ts'
import { eraseVolume, listVolumes } from '../providers/volume/provider.ts'
import { digestsForRollback } from '../reconciler/kept-images.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import { type CommonOptions, openTerminal } from './context.ts'
import { reading, writing } from './instance-session.ts'
import { showList } from './show-list.ts'

/** Where nothing stands any more, what was started for this command ends with it. */
const retired = async (session: Session): Promise<unknown> =>
  (await import('../reconciler/retire.ts')).retireIfEmpty(session)

const usedBy = (session: Session) => observeAll(session).then(({ resources }) => resources)

/** `heropods network ls`: with the interface names the kernel knows. */
export const networkList = (options: CommonOptions): Promise<number> =>
  reading(options, async (session) => {
    const rows = [...ownedSpecs(await usedBy(session), 'network')].map(([at, spec]) => ({
      name: parseAddress(at).name,
      stack: parseAddress(at).stack,
      bridge: spec.bridge,
      subnet: spec.subnet,
      gateway: spec.gateway,
      internal: spec.internal,
      members: spec.members.length,
    }))
    return showList(options, 'networks', ['NAME', 'STACK', 'BRIDGE', 'SUBNET', 'GATEWAY', 'INTERNAL', 'MEMBERS'], rows)
  })

/** `heropods volume ls`: released ones as well. */
export const volumeList = (options: CommonOptions): Promise<number> =>
  reading(options, async (session) => {
    const rows = [...(await listVolumes(session.readContext()))].map(([at, volume]) => ({
      name: parseAddress(at).name,
      stack: parseAddress(at).stack,
      state: volume.missing ? 'missing' : volume.released ? 'released' : 'in use',
      protect: volume.spec.protect,
      path: volume.path,
    }))
    return showList(options, 'volumes', ['NAME', 'STACK', 'STATE', 'PROTECTED', 'PATH'], rows)
  })

/** `heropods volume rm`: erases data of volumes that their stacks released. */
export const volumeRemove = (names: readonly string[], options: CommonOptions): Promise<number> =>
  writing(options, async (session) => {
    const volumes = await listVolumes(session.readContext())
    const wanted = names.map((name) => namedVolume([...volumes.keys()], name))
    for (const at of wanted) {
      if (!volumes.get(at)?.released)
        throw refuse({
          code: 'volume-in-use',
          message: `${at} is stated by its stack.`,
          hint: 'Take it out of the stack and apply, or destroy the stack; then it can be erased.',
        })
    }
    for (const at of wanted) {
      await eraseVolume({ host: session.host(), paths: session.paths }, at)
      openTerminal().print(options.json ? JSON.stringify({ volume: at, result: 'erased' }) : `${at} erased`)
    }
    await retired(session)
    return ExitCode.done
  })

function namedVolume(known: readonly Address[], name: string): Address {
  const matches = known.filter((at) => isNamed(at, name))
  if (matches.length > 1)
    throw refuse({
      code: 'ambiguous-name',
      message: `"${name}" is in several stacks.`,
      hint: `Say which: ${matches.join(', ')}.`,
    })
  const [only] = matches
  if (only) return only
  throw refuse({
    code: 'unknown-volume',
    message: `There is no volume "${name}".`,
    hint: '`heropods volume ls` lists them.',
  })
}

/** `heropods image ls`: what is unpacked, and who uses it. */
export const imageList = (options: CommonOptions): Promise<number> =>
  reading(options, async (session) => {
    const read = session.readContext()
    const claims = [...(await readClaims(read))]
    const digests = await listImages(read)
    const rows = await Promise.all(
      digests.map(async (digest) => {
        const own = claims.filter(([, claim]) => claim.digest === digest)
        const { source } = own[0]?.[1].spec ?? {}
        const config = await readImageConfig(read.host, read.paths, digest)
        return {
          digest: options.json ? digest : digest.slice(0, 19),
          from:
            source === undefined
              ? null
              : source.type === 'ref'
                ? source.ref
                : source.type === 'archive'
                  ? source.path
                  : `built-in ${source.name}`,
          usedBy: own.map(([at]) => at),
          command: [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].join(' '),
        }
      }),
    )
    return showList(options, 'images', ['DIGEST', 'FROM', 'USED BY', 'COMMAND'], rows)
  })

export interface ImageRemoveOptions extends CommonOptions {
  readonly unused?: boolean
  /** With `unused`: what only a rollback would need as well. */
  readonly all?: boolean
}

/** `heropods image rm`: takes unpacked images out of the cache that nothing uses. */
export const imageRemove = (names: readonly string[], options: ImageRemoveOptions): Promise<number> =>
  writing(options, async (session) => {
    if (names.length === 0 && !options.unused)
      throw refuse({ code: 'usage', message: 'No image is named.', hint: 'Name digests, or give --unused.' })
    const read = session.readContext()
    const digests = await listImages(read)
    const used = new Set([
      ...[...(await readClaims(read)).values()].map((claim) => claim.digest),
      ...[...ownedSpecs(await usedBy(session), 'container').values()].map((spec) => spec.image_digest),
    ])
    const kept = options.unused && !options.all ? await digestsForRollback(session.state) : new Set<string>()
    const unused = digests.filter((digest) => !used.has(digest) && !kept.has(digest))
    const wanted = options.unused ? unused : names.map((name) => namedDigest(digests, name))
    const busy = wanted.find((digest) => used.has(digest))
    if (busy)
      throw refuse({
        code: 'image-in-use',
        message: `${busy.slice(0, 19)} is in use.`,
        hint: '`heropods image ls` tells by whom.',
      })
    await removeCached({ host: session.host(), paths: session.paths }, wanted)
    await dropAllPulled(session.host(), session.paths)
    for (const digest of wanted)
      openTerminal().print(options.json ? JSON.stringify({ image: digest, result: 'removed' }) : `${digest} removed`)
    await retired(session)
    return ExitCode.done
  })

function namedDigest(digests: readonly string[], name: string): string {
  const matches = digests.filter((digest) => digest.startsWith(name) || digest.slice('sha256:'.length).startsWith(name))
  if (matches.length === 1) return matches[0] as string
  throw refuse({
    code: 'unknown-image',
    message: matches.length === 0 ? `There is no unpacked image ${name}.` : `${name} is the start of several digests.`,
    hint: '`heropods image ls` lists them; --unused removes all that nothing uses.',
  })
}

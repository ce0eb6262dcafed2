import { type Address, isNamed, parseAddress } from '../../model/address.ts'
import { ExitCode, refuse } from '../../model/errors.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { ownedSpecs } from '../../model/observation.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { reading, writing } from '../instance-session.ts'
import { showList } from '../show-list.ts'

/** `heropods network ls`: with the interface names the kernel knows. */
export const networkList = (options: CommonOptions): Promise<number> =>
  reading(options, async (engine) => {
    const rows = [...ownedSpecs((await engine.observe()).resources, 'network')].map(([at, spec]) => ({
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
  reading(options, async (engine) => {
    const rows = (await engine.volumes()).map(({ address, state, protect, path }) => {
      const { name, stack } = parseAddress(address)
      return { name, stack, state, protect, path }
    })
    return showList(options, 'volumes', ['NAME', 'STACK', 'STATE', 'PROTECTED', 'PATH'], rows)
  })

/** `heropods volume rm`: erases data of volumes that their stacks released. */
export const volumeRemove = (names: readonly string[], options: CommonOptions): Promise<number> =>
  writing(options, async (engine) => {
    const known = (await engine.volumes()).map((volume) => volume.address)
    const wanted = names.map((name) => namedVolume(known, name))
    await engine.eraseVolumes(wanted, (volume) =>
      openTerminal().print(options.json ? JSON.stringify({ volume, result: 'erased' }) : `${volume} erased`),
    )
    await engine.retire()
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
  reading(options, async (engine) => {
    const rows = (await engine.images()).map(({ digest, source, usedBy, command }) => ({
      digest: options.json ? digest : digest.slice(0, 19),
      from: source === undefined ? null : sourceText(source),
      usedBy,
      command: command.join(' '),
    }))
    return showList(options, 'images', ['DIGEST', 'FROM', 'USED BY', 'COMMAND'], rows)
  })

const sourceText = (source: ImageSpec['source']): string =>
  source.type === 'ref' ? source.ref : source.type === 'archive' ? source.path : `built-in ${source.name}`

export interface ImageRemoveOptions extends CommonOptions {
  readonly unused?: boolean
  /** With `unused`: what only a rollback would need as well. */
  readonly all?: boolean
}

/** `heropods image rm`: takes unpacked images out of the cache that nothing uses. */
export const imageRemove = (names: readonly string[], options: ImageRemoveOptions): Promise<number> =>
  writing(options, async (engine) => {
    if (names.length === 0 && !options.unused)
      throw refuse({ code: 'usage', message: 'No image is named.', hint: 'Name digests, or give --unused.' })
    const removed = await engine.removeImages(
      options.unused ? (options.all ? 'unused' : 'unneeded') : await namedDigests(engine, names),
    )
    for (const digest of removed)
      openTerminal().print(options.json ? JSON.stringify({ image: digest, result: 'removed' }) : `${digest} removed`)
    await engine.retire()
    return ExitCode.done
  })

async function namedDigests(engine: Engine, names: readonly string[]): Promise<readonly string[]> {
  const digests = (await engine.images()).map((image) => image.digest)
  return names.map((name) => namedDigest(digests, name))
}

function namedDigest(digests: readonly string[], name: string): string {
  const matches = digests.filter((digest) => digest.startsWith(name) || digest.slice('sha256:'.length).startsWith(name))
  if (matches.length === 1) return matches[0] as string
  throw refuse({
    code: 'unknown-image',
    message: matches.length === 0 ? `There is no unpacked image ${name}.` : `${name} is the start of several digests.`,
    hint: '`heropods image ls` lists them; --unused removes all that nothing uses.',
  })
}

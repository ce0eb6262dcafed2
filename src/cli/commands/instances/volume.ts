import { ExitCode, refusedError } from '../../../model/errors.ts'
import { type Observation, ownedSpecs } from '../../../model/observation.ts'
import { isNamed, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { askOnTerminal } from '../../confirm-and-apply.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods volume ls`: lists volumes, including released ones. */
export const volumeList = (options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const mounts = mountedVolumes((await engine.observe()).observations)
    const rows = (await engine.volumes()).map((volume) => {
      const { address, protect, path } = volume
      const { name, stack } = parseResourceAddress(address)
      const mountedBy = mounts.get(address) ?? []
      const state = options.json ? volume.state : stateWord(volume.state, mountedBy.length > 0)
      return { name, stack, state, protect, path, mountedBy }
    })
    return printList(options, 'volumes', ['NAME', 'STACK', 'STATE', 'PROTECTED', 'PATH', 'MOUNTED BY'], rows)
  })

/** A declared volume is `mounted` if a container mounts it. Pure. */
const stateWord = (state: string, isMounted: boolean): string =>
  state === 'in use' ? (isMounted ? 'mounted' : 'declared') : state

/** The containers that mount each volume, as STACK/NAME. */
function mountedVolumes(
  observed: ReadonlyMap<ResourceAddress, Observation>,
): ReadonlyMap<ResourceAddress, readonly string[]> {
  const found = new Map<ResourceAddress, readonly string[]>()
  for (const [container, spec] of ownedSpecs(observed, 'container')) {
    const { stack, name } = parseResourceAddress(container)
    const volumes = new Set(spec.mounts.flatMap((mount) => (mount.type === 'volume' ? [mount.volume] : [])))
    for (const volume of volumes) found.set(volume, [...(found.get(volume) ?? []), `${stack}/${name}`])
  }
  return found
}

/**
 * `heropods volume rm`: erases the data of released volumes, and asks before it on a terminal. Raises `unknown-volume`, `ambiguous-name`,
 * `volume-in-use` (refused).
 */
export const volumeRemove = (
  names: readonly string[],
  options: CommonOptions & { readonly yes?: boolean },
): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    const known = (await engine.volumes()).map((volume) => volume.address)
    const named = names.map((name) => namedVolume(known, name))
    const terminal = openTerminal()
    const refusal = await askOnTerminal(engine, `Erase the data of ${named.join(', ')}?`, options, terminal)
    if (refusal !== undefined) return refusal
    await engine.eraseVolumes(named, (volume) =>
      terminal.print(options.json ? JSON.stringify({ volume, result: 'erased' }) : `${volume} erased`),
    )
    await engine.tearDownIfEmpty()
    return ExitCode.done
  })

function namedVolume(known: readonly ResourceAddress[], name: string): ResourceAddress {
  const matches = known.filter((address) => isNamed(address, name))
  if (matches.length > 1)
    throw refusedError({
      code: 'ambiguous-name',
      message: `"${name}" is in several stacks.`,
      hint: `Use the address: ${matches.join(', ')}.`,
    })
  const [only] = matches
  if (only) return only
  throw refusedError({
    code: 'unknown-volume',
    message: `There is no volume "${name}".`,
    hint: '`heropods volume ls` lists them.',
  })
}

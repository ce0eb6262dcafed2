import { type Address, isNamed, parseAddress } from '../../../model/address.ts'
import { ExitCode, refuse } from '../../../model/errors.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods volume ls`: lists volumes, including released ones. */
export const volumeList = (options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const rows = (await engine.volumes()).map(({ address, state, protect, path }) => {
      const { name, stack } = parseAddress(address)
      return { name, stack, state, protect, path }
    })
    return printList(options, 'volumes', ['NAME', 'STACK', 'STATE', 'PROTECTED', 'PATH'], rows)
  })

/** `heropods volume rm`: erases the data of released volumes. Raises `unknown-volume`, `ambiguous-name`, `volume-in-use` (refused). */
export const volumeRemove = (names: readonly string[], options: CommonOptions): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    const known = (await engine.volumes()).map((volume) => volume.address)
    const named = names.map((name) => namedVolume(known, name))
    await engine.eraseVolumes(named, (volume) =>
      openTerminal().print(options.json ? JSON.stringify({ volume, result: 'erased' }) : `${volume} erased`),
    )
    await engine.tearDown()
    return ExitCode.done
  })

function namedVolume(known: readonly Address[], name: string): Address {
  const matches = known.filter((address) => isNamed(address, name))
  if (matches.length > 1)
    throw refuse({
      code: 'ambiguous-name',
      message: `"${name}" is in several stacks.`,
      hint: `Give the address: ${matches.join(', ')}.`,
    })
  const [only] = matches
  if (only) return only
  throw refuse({
    code: 'unknown-volume',
    message: `There is no volume "${name}".`,
    hint: '`heropods volume ls` lists them.',
  })
}

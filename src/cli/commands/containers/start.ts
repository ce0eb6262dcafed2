import { HeroPods } from '../../../api/heropods.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { hasProcess } from '../../../model/kinds/container.ts'
import { libraryOwner } from '../../../model/ownership.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { containersByNames, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { type ContainerOptions, onContainers, printResult } from './on-containers.ts'

export interface StartOptions extends ContainerOptions {
  readonly keepAlive?: boolean
}

/**
 * `heropods start`: runs stopped or exited containers again, with the spec that was applied. With `--keep-alive` they stay open after
 * their command has ended with 0. Raises `owned-by-other` (refused) if a stack defines one of them without `keep_alive`.
 */
export async function start(names: readonly string[], options: StartOptions): Promise<number> {
  const others = options.keepAlive ? await keepAlive(names, options) : names
  if (others.length === 0) return ExitCode.done
  return onContainers(others, options, (engine, containers, stopOptions) => engine.start(containers, stopOptions))
}

/** Starts containers of the library with `keep_alive` in their definitions. Returns the other containers, which run or have it already. */
async function keepAlive(names: readonly string[], { instance, json }: StartOptions): Promise<readonly string[]> {
  const options = instance === undefined ? {} : { instance }
  const all = await withEngine(options, async (engine) => ownedContainers(await engine.observe()))
  const named = containersByNames(all, names)
  const short = named.filter(({ spec, actual }) => !spec?.keep_alive && !hasProcess(actual.state))
  for (const one of short) requireLibrary(one)
  const heropods = new HeroPods(instance === undefined ? {} : { name: instance })
  for (const { address } of short) {
    await (await heropods.get(parseResourceAddress(address).name)).start({ keepAlive: true })
    printResult(address, 'started', { json })
  }
  return named.filter((one) => !short.includes(one)).map(({ address }) => address)
}

function requireLibrary({ address }: OwnedContainer): void {
  const { stack, name } = parseResourceAddress(address)
  if (stack === libraryOwner) return
  throw refusedError({
    code: 'owned-by-other',
    message: `The stack ${stack} defines the container ${name} without \`keep_alive\`.`,
    hint: 'Write `keep_alive: true` in its stack, and run `heropods apply`.',
    address,
  })
}

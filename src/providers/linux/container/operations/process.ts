import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { Noted, StopOptions } from '../../../operations.ts'
import type { WriteContext } from '../../../provider.ts'
import { inspect } from '../process/container-state.ts'
import { disableExitCommands } from '../process/exit-command.ts'
import { relaunch } from '../process/relaunch.ts'
import { restartContainer, stopContainer } from '../process/restart.ts'

type Self = readonly string[]

/** Starts a stopped or ended container again, with the same config, addresses and files. */
export async function start(write: WriteContext, container: ResourceAddress, heropodsCommand: Self) {
  if (hasProcess((await inspect(write, container))?.state ?? 'absent')) return 'already running'
  await disableExitCommands(write, [container])
  await relaunch(write, container, { heropodsCommand, restarts: 0, held: false })
  return 'started'
}

/** Stops a container; it stays stopped until the next start or apply. */
export async function stop(write: WriteContext, container: ResourceAddress, { grace }: StopOptions = {}) {
  return noted('stopped' as const, await stopContainer(write, container, grace))
}

/** Gives a container a new process; addresses, files and its writable layer stay. */
export async function restart(
  write: WriteContext,
  container: ResourceAddress,
  heropodsCommand: Self,
  { grace }: StopOptions = {},
) {
  return noted('restarted' as const, await restartContainer(write, container, heropodsCommand, grace))
}

const noted = <R>(result: R, note: string | undefined): Noted<R> => ({ result, ...(note !== undefined && { note }) })

/** The same for a container that is still unhealthy. */
export async function restartUnhealthy(write: WriteContext, container: ResourceAddress, heropodsCommand: Self) {
  if ((await inspect(write, container))?.health?.status !== 'unhealthy')
    return noted('no longer unhealthy' as const, undefined)
  return restart(write, container, heropodsCommand)
}

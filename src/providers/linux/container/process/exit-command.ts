import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../../../host/files/paths.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'

/** conmon calls HeroPods after an exit only if this file exists (`conmon.ts`, `apply-restart-policy.ts`). */
export const exitMarker = (paths: Paths, container: ResourceAddress): string =>
  join(containerLayout(paths, container).run, 'on-exit')

type Writer = Pick<WriteContext, 'host' | 'paths'>

/** Runs `act` under the lock of exit commands. They hold it shared while they restart a container; the removal of markers holds it exclusively. */
async function withExitLock<T>(write: Writer, kind: 'exclusive' | 'shared', act: () => Promise<T>): Promise<T> {
  await write.host.makeDir(write.paths.run)
  const file = await write.host.openLockFile(join(write.paths.run, 'exits.lock'))
  try {
    while (!(await file.lock(kind))) await delay(10)
    return await act()
  } finally {
    await file.close()
  }
}

/**
 * Disables the exit commands of these containers. Waits for running ones; later ones find no marker and do nothing. Takes no lock if
 * no container has a marker.
 */
export async function disableExitCommands(write: Writer, containers: readonly ResourceAddress[]): Promise<void> {
  const markers = containers.map((container) => exitMarker(write.paths, container))
  const stats = await Promise.all(markers.map((marker) => write.host.stat(marker)))
  const present = markers.filter((_, index) => stats[index] !== undefined)
  if (present.length === 0) return
  await withExitLock(write, 'exclusive', async () => {
    for (const marker of present) await write.host.removeTree(marker)
  })
}

/** Runs the work of an exit command, if its container still has a marker. */
export const whileEnabled = (write: Writer, container: ResourceAddress, act: () => Promise<void>): Promise<void> =>
  withExitLock(write, 'shared', async () => {
    if (await isEnabled(write, container)) await act()
  })

/** True if exits of a container are handled: it was neither stopped nor removed. */
export const isEnabled = async (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  container: ResourceAddress,
): Promise<boolean> => (await host.stat(exitMarker(paths, container))) !== undefined

import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../../../host/files/paths.ts'
import type { Address } from '../../../../model/address.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'

/** Its presence lets conmon call HeroPods back when the container exits. */
export const exitMarker = (paths: Paths, container: Address): string =>
  join(containerLayout(paths, container).run, 'on-exit')

type Writer = Pick<WriteContext, 'host' | 'paths'>

/** Callbacks share this lock while they restart a container; who takes their markers away holds it alone for that moment. */
async function withCallbackLock<T>(write: Writer, kind: 'exclusive' | 'shared', act: () => Promise<T>): Promise<T> {
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
 * From here on no callback restarts these containers: one under way is waited for, later ones find no marker. Free of charge for
 * containers that have none.
 */
export async function silenceCallbacks(write: Writer, containers: readonly Address[]): Promise<void> {
  const markers = containers.map((container) => exitMarker(write.paths, container))
  const stats = await Promise.all(markers.map((marker) => write.host.stat(marker)))
  const present = markers.filter((_, index) => stats[index] !== undefined)
  if (present.length === 0) return
  await withCallbackLock(write, 'exclusive', async () => {
    for (const marker of present) await write.host.removeTree(marker)
  })
}

/** Runs a callback's work, unless the container's marker has gone meanwhile. */
export const asCallback = (write: Writer, container: Address, act: () => Promise<void>): Promise<void> =>
  withCallbackLock(write, 'shared', async () => {
    if ((await write.host.stat(exitMarker(write.paths, container))) !== undefined) await act()
  })

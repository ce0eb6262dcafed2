import { HeroPodsError, toDiagnostic } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { OnItemFinished, RemoveItem, WriteContext } from '../../../provider.ts'
import { detach } from '../../network/attach.ts'
import { containerLayout } from '../layout.ts'
import { endContainers, withNotes } from '../process/end.ts'
import { unmountRoots } from '../rootfs/overlay.ts'

/** Removes containers in an order that can be repeated after a kill: process, root, links and namespace, folders. */
export async function removeContainers(
  write: WriteContext,
  items: readonly RemoveItem<'container'>[],
  done: OnItemFinished,
): Promise<void> {
  const failed = new Set<ResourceAddress>()
  const fail = (address: ResourceAddress, error: unknown): void => {
    failed.add(address)
    done(address, { error: new HeroPodsError({ ...toDiagnostic(error), address }, { cause: error }) })
  }
  const notes = await endContainers(write, items, fail)
  const gone = items.map((item) => item.address).filter((address) => !failed.has(address))
  await unmountRoots(write, gone)
  await detach(write, gone)
  const layouts = gone.map((address) => ({ address, ...containerLayout(write.paths, address) }))
  const errors = await write.host.removeTrees(layouts.flatMap(({ run, data }) => [run, data]))
  for (const { address, run, data } of layouts) {
    const error = errors.get(run) ?? errors.get(data)
    if (error === undefined) withNotes(done, notes)(address, {})
    else fail(address, error)
  }
}

import { isAlive } from '../../host/process.ts'
import { reattach } from '../network/attach.ts'
import { readNetworkRecords } from '../network/records.ts'
import type { Item, WriteContext } from '../provider.ts'
import { limitFields } from './bundle/limits.ts'
import { exitMarker } from './exit-callbacks.ts'
import { rewriteFiles } from './files.ts'
import { attachmentOf, ownsNamespace } from './interfaces.ts'
import { changeLimits } from './limits.ts'
import type { ContainerActual } from './observe.ts'
import { readRecord, readRunning, writeRecord, writeRunning } from './record.ts'
import type { ContainerSpec } from './spec.ts'

export type ContainerItem = Item<ContainerSpec, ContainerActual>

/** Brings a living container to what is wanted without touching its process. */
export async function updateLive(write: WriteContext, item: ContainerItem): Promise<void> {
  const { address, spec } = item
  const { host, paths } = write
  const [record, running] = await Promise.all([readRecord(host, paths, address), readRunning(host, paths, address)])
  const lives = running !== undefined && isAlive(running.process)
  if (lives) {
    if (changesAny(item, limitFields)) await changeLimits(write, address, running.id, spec)
    if (changesAny(item, []) && ownsNamespace(spec))
      await reattach(write, [attachmentOf(address, spec, await readNetworkRecords(host, paths))])
    const stamps = await rewriteFiles(write, address, spec, running.stamps)
    await writeRunning(write, address, { ...running, stamps })
    if (spec.restart.policy === 'no' && !spec.keep_alive) await host.removeTree(exitMarker(write.paths, address))
    else await host.writeFile(exitMarker(write.paths, address), '')
  }
  await writeRecord(write, {
    owner: address,
    spec,
    incarnation: record?.incarnation ?? item.actual?.incarnation ?? 0,
    stopped: record?.stopped ?? false,
  })
}

/** Whether drift is to be mended, or one of these fields has changed. */
const changesAny = (item: ContainerItem, fields: readonly string[]): boolean =>
  item.changes.some((change) => change.drift !== undefined || fields.includes(change.path.split('/')[1] ?? ''))

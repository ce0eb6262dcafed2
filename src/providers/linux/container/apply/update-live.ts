import { thaw } from '../../../../host/cgroup.ts'
import { limitFields } from '../../../../model/kinds/limits.ts'
import { handlesExit } from '../../../../model/kinds/restart-policy.ts'
import type { ApplyItem, WriteContext } from '../../../provider.ts'
import { reattach } from '../../network/attach.ts'
import { readNetworkRecords } from '../../network/records/records.ts'
import { cgroupOf } from '../../run-names.ts'
import { forgetHealth } from '../health/record.ts'
import { attachmentOf, ownsNamespace } from '../interfaces.ts'
import { exitMarker } from '../process/exit-command.ts'
import { readRecord, readRunning, writeRecord, writeRunning } from '../record.ts'
import { rewriteFiles } from '../rootfs/files.ts'
import { changeLimits } from './change-limits.ts'

export type ContainerItem = ApplyItem<'container'>

/** Changes a running container to its desired spec without a new process. */
export async function updateInPlace(write: WriteContext, item: ContainerItem): Promise<void> {
  const { address, spec } = item
  const { host, paths } = write
  const [record, running] = await Promise.all([readRecord(host, paths, address), readRunning(host, paths, address)])
  const lives = running !== undefined && (await host.isAlive(running.process))
  // The results are of the earlier check. They do not apply to a changed one.
  if (running && item.changes.some((change) => change.path.startsWith('/healthcheck')))
    await forgetHealth(write, running.id)
  if (lives) {
    if (changesLimits(item)) await changeLimits(write, address, running.id, spec)
    // A container that its user paused stays paused.
    if (!running.paused) await thaw(host, cgroupOf(paths, running.id))
    if (item.changes.some((change) => change.path === '/host/network') && ownsNamespace(spec))
      await reattach(write, [attachmentOf(address, spec, await readNetworkRecords(host, paths))], true)
    const stamps = await rewriteFiles(write, address, spec, running.stamps)
    await writeRunning(write, address, { ...running, stamps })
    if (handlesExit(spec, running.held)) await host.writeFile(exitMarker(paths, address), '')
    else await host.removeTree(exitMarker(paths, address))
  }
  await writeRecord(write, {
    owner: address,
    spec,
    run: record?.run ?? item.actual?.run ?? 0,
    stopped: record?.stopped ?? false,
    ...(record?.boot !== undefined && { boot: record.boot }),
  })
}

const changesLimits = (item: ContainerItem): boolean =>
  item.changes.some(
    ({ path }) => path === '/host/limits' || (limitFields as readonly string[]).includes(path.split('/')[1] ?? ''),
  )

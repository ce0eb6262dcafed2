import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import {
  containerLayout,
  exitFolder,
  healthLayout,
  runtimeRoot,
} from '../../../src/providers/linux/container/layout.ts'
import { exitMarker } from '../../../src/providers/linux/container/process/exit-command.ts'
import { writeRecord, writeRunning } from '../../../src/providers/linux/container/record.ts'
import { netnsFolder } from '../../../src/providers/linux/network/namespaces.ts'
import { ownerAlias } from '../../../src/providers/linux/network/records/owner-alias.ts'
import { cgroupOf, hostLink, netnsName } from '../../../src/providers/linux/run-names.ts'
import { FakeKernel, mount } from '../../host/fake-kernel.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'

export const web: ResourceAddress = 's/container/web'
export const layout = containerLayout(paths, web)
/** Name of its only run. */
export const id = 's_web-1'
const [process, conmon] = [
  { pid: 2000, startTime: 20 },
  { pid: 2001, startTime: 21 },
]

/** A host with one running container: its records, root, namespace, link, cgroup and processes. */
export async function runningContainer(): Promise<{ host: RecordingHost; kernel: FakeKernel }> {
  const kernel = new FakeKernel()
  const host = new RecordingHost(kernel.script)
  const write = writeContext(host)
  await writeRecord(write, { owner: web, spec: containerSpec(), run: 1, stopped: false })
  const running = { id, run: 1, process, conmon, startedAt: '2026-11-27T00:00:00.000Z' }
  await writeRunning(write, web, { ...running, restarts: 0, held: false, stamps: [] })
  for (const { pid, startTime } of [process, conmon]) host.processes.set(pid, startTime)
  const cgroup = `/sys/fs/cgroup${cgroupOf(paths, id)}`
  host.files.makeFolder(cgroup, 0o755)
  host.cgroupOf.set(process.pid, cgroup)
  for (const path of [
    exitMarker(paths, web),
    `${layout.upper}/file`,
    `${layout.bundle}/config.json`,
    layout.log,
    `${runtimeRoot(paths)}/${id}/status`,
    `${exitFolder(paths)}/${id}`,
    healthLayout(paths, id).record,
    `${netnsFolder}/${netnsName(paths, web)}`,
  ])
    host.files.set(path, {})
  host.files.makeFolder(layout.root, 0o755)
  mount(host, layout.root)
  const ifname = hostLink(paths, web, 's/network/lan')
  const link = { ifname, mtu: 1500, address: '02:00:00:00:00:01', flags: ['UP'], addr_info: [] }
  kernel.links.set(ifname, { ...link, ifalias: ownerAlias(paths, web) })
  host.restart()
  return { host, kernel }
}

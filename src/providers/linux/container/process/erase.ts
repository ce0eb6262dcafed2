import { join } from 'node:path'
import { cgroupProcesses, removeCgroup, thaw } from '../../../../host/cgroup.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { ProcessIdentity } from '../../../../host/host.ts'
import { waitForEnd } from '../../../../host/process/process.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf, numberInId } from '../../run-names.ts'
import { attachFolder, containerLayout, exitFolder, healthFolder, runtimeRoot } from '../layout.ts'
import { readRunning } from '../record.ts'
import { recordExit } from './exit-record.ts'

/** The last step of a run: nothing of it is left with crun, conmon or the kernel. Each step can be repeated after a kill. */

/** How long a killed process and its supervisor may take to end, milliseconds. */
const killTimeoutMs = 5000

/**
 * Removes everything that runs of a container have left: processes, conmon, cgroups, the state of crun. Also finds a run that a killed HeroPods
 * created only in part, since the id of a run is known before it starts. Raises `container-not-ended`.
 */
export async function eraseRuns(write: WriteContext, container: ResourceAddress): Promise<void> {
  const running = await readRunning(write.host, write.paths, container)
  if (running?.conmon && (await write.host.isAlive(running.conmon))) {
    await write.host.kill(running.conmon.pid, 'SIGKILL')
    await waitForEnd(write.host, running.conmon, killTimeoutMs)
  }
  await recordExit(write, container)
  const ids = await runIds(write, container)
  for (const id of ids) await endCgroup(write, container, cgroupOf(write.paths, id))
  const unrecorded = await unrecordedSupervisor(write, container)
  if (unrecorded) await waitForEnd(write.host, unrecorded, killTimeoutMs)
  for (const id of ids) {
    for (const folder of runFolders(write.paths)) await write.host.removeTree(join(folder, id))
    for (const name of (await write.host.readDir(exitFolder(write.paths))).filter(isHalfWritten(id)))
      await write.host.removeTree(join(exitFolder(write.paths), name))
  }
}

async function endCgroup(write: WriteContext, container: ResourceAddress, cgroup: string): Promise<void> {
  await killProcesses(write, cgroup)
  if (await removeCgroup(write.host, cgroup)) return
  throw new HeroPodsError({
    code: 'container-not-ended',
    message: `Processes of ${container} do not end (cgroup ${cgroup}).`,
    hint: 'One may hang in the kernel: check `ps -o pid,stat,wchan` and apply again.',
    retryable: true,
    address: container,
  })
}

/** conmon of a run that a killed HeroPods did not record. It still writes an exit code, and then ends by itself. */
async function unrecordedSupervisor(
  write: WriteContext,
  container: ResourceAddress,
): Promise<ProcessIdentity | undefined> {
  const pid = Number(await write.host.readFile(join(containerLayout(write.paths, container).run, 'conmon.pid')))
  const name = pid > 1 ? await write.host.readFile(`/proc/${pid}/comm`) : undefined
  return name?.trim() === 'conmon' ? write.host.processIdentity(pid) : undefined
}

/** True for the temporary name under which conmon writes the exit code of a run. Pure. */
const isHalfWritten =
  (id: string) =>
  (name: string): boolean =>
    name.startsWith(id) && /^\.\w{6}$/.test(name.slice(id.length))

/** Folders that hold one entry for each run, under its id. */
const runFolders = (paths: Paths): readonly string[] => [
  runtimeRoot(paths),
  exitFolder(paths),
  healthFolder(paths),
  attachFolder(paths),
]

/** Ids of runs of a container that have left something with crun or the kernel. */
async function runIds(write: WriteContext, container: ResourceAddress): Promise<readonly string[]> {
  const { hierarchies } = await write.host.cgroups()
  const folders = [
    ...runFolders(write.paths),
    ...hierarchies.map((hierarchy) => join(hierarchy, cgroupOf(write.paths, ''))),
  ]
  const names = await Promise.all(folders.map((folder) => write.host.readDir(folder)))
  return [...new Set(names.flat().filter((id) => numberInId(container, id) !== undefined))].sort()
}

async function killProcesses(write: WriteContext, cgroup: string): Promise<void> {
  for (const deadline = Date.now() + killTimeoutMs; Date.now() < deadline; ) {
    const pids = (await cgroupProcesses(write.host, cgroup)).filter((pid) => pid > 1)
    const found = await Promise.all(pids.map((pid) => write.host.processIdentity(pid)))
    const living = found.filter((one) => one !== undefined)
    if (living.length === 0) return
    for (const one of living) await write.host.kill(one.pid, 'SIGKILL')
    await thaw(write.host, cgroup)
    await Promise.all(living.map((one) => waitForEnd(write.host, one, 200)))
  }
}

import { join } from 'node:path'
import { cgroupProcesses, removeCgroup, removeEmptyCgroup, thaw } from '../../../../host/cgroup.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { ProcessIdentity } from '../../../../host/host.ts'
import { waitForEnd } from '../../../../host/process/process.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { groupBy } from '../../../../model/values/group-by.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf, idPrefix, numberInId, prefixOfId } from '../../run-names.ts'
import { attachFolder, containerLayout, exitFolder, healthFolder, runtimeRoot } from '../layout.ts'
import { readRunning } from '../record.ts'
import { recordExit } from './exit-record.ts'

/** The last step of a run: nothing of it is left with crun, conmon or the kernel. Each step can be repeated after a kill. */

/** How long a killed process and its supervisor may take to end, milliseconds. */
const killTimeoutMs = 5000

/**
 * Removes everything that runs of containers have left: processes, conmon, cgroups, the state of crun. Also finds a run that a killed HeroPods
 * created only in part, since the id of a run is known before it starts. `fail` gets `container-not-ended` and other errors of a container.
 */
export async function eraseRuns(
  write: WriteContext,
  containers: readonly ResourceAddress[],
  fail: (container: ResourceAddress, error: unknown) => void,
): Promise<void> {
  const idsOf = await listRuns(write)
  await killSupervisors(write, containers)
  const files = new Map<string, ResourceAddress>()
  const erase = async (container: ResourceAddress): Promise<void> => {
    try {
      for (const path of await endRuns(write, container, idsOf(container))) files.set(path, container)
    } catch (error) {
      fail(container, error)
    }
  }
  await Promise.all(containers.map(erase))
  for (const [path, error] of await write.host.removeTrees([...files.keys()])) {
    const container = files.get(path)
    if (container !== undefined) fail(container, error)
  }
}

/** Kills the conmons of all containers first, and then waits: so they end at the same time. */
async function killSupervisors(write: WriteContext, containers: readonly ResourceAddress[]): Promise<void> {
  const recorded = await Promise.all(containers.map((container) => readRunning(write.host, write.paths, container)))
  const killed: ProcessIdentity[] = []
  for (const conmon of recorded.flatMap((running) => running?.conmon ?? [])) {
    if (!(await write.host.isAlive(conmon))) continue
    await write.host.kill(conmon.pid, 'SIGKILL')
    killed.push(conmon)
  }
  for (const conmon of killed) await waitForEnd(write.host, conmon, killTimeoutMs)
}

/** Ends the runs with these ids. Returns the paths of their files. */
async function endRuns(
  write: WriteContext,
  container: ResourceAddress,
  { ids, halfWritten }: RunIds,
): Promise<readonly string[]> {
  await recordExit(write, container)
  for (const id of ids) await endCgroup(write, container, cgroupOf(write.paths, id))
  const unrecorded = await unrecordedSupervisor(write, container)
  if (unrecorded) await waitForEnd(write.host, unrecorded, killTimeoutMs)
  return [
    ...ids.flatMap((id) => runFolders(write.paths).map((folder) => join(folder, id))),
    ...halfWritten.map((name) => join(exitFolder(write.paths), name)),
  ]
}

async function endCgroup(write: WriteContext, container: ResourceAddress, cgroup: string): Promise<void> {
  // Most have ended with their first process.
  if (await removeEmptyCgroup(write.host, cgroup)) return
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

/** Folders that hold one entry for each run, under its id. */
const runFolders = (paths: Paths): readonly string[] => [
  runtimeRoot(paths),
  exitFolder(paths),
  healthFolder(paths),
  attachFolder(paths),
]

/** Names that runs of a container have left with crun or the kernel. */
interface RunIds {
  readonly ids: readonly string[]
  /** Temporary names under which conmon writes exit codes. */
  readonly halfWritten: readonly string[]
}

/** A temporary name of conmon: the id of a run, and six characters. */
const temporaryName = /^(.*)\.\w{6}$/

/** Finds the runs of all containers, each folder in one read. */
async function listRuns(write: WriteContext): Promise<(container: ResourceAddress) => RunIds> {
  const { hierarchies } = await write.host.cgroups()
  const folders = [
    ...runFolders(write.paths),
    ...hierarchies.map((hierarchy) => join(hierarchy, cgroupOf(write.paths, ''))),
  ]
  const names = (await Promise.all(folders.map((folder) => write.host.readDir(folder)))).flat()
  const found = groupBy([...new Set(names)].sort(), (name) => prefixOfId(name.replace(temporaryName, '$1')))
  return (container) => {
    const own = found.get(idPrefix(container)) ?? []
    const ids = own.filter((name) => numberInId(container, name) !== undefined)
    return { ids, halfWritten: own.filter((name) => !ids.includes(name)) }
  }
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

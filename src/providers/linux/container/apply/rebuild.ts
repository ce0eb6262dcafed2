import { join } from 'node:path'
import { cgroupProcesses } from '../../../../host/cgroup.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { firstNumber, runOf } from '../../../../model/run.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { rootfsOf } from '../../image/store.ts'
import { cgroupOf, numberInId, runtimeId } from '../../run-names.ts'
import { containerLayout, runtimeRoot } from '../layout.ts'
import { isHeldOpen } from '../oci/config.ts'
import { readConfig } from '../oci/read-config.ts'
import { type Running, readRecord, readRunning, recordOnDisk, writeRecord, writeRunning } from '../record.ts'
import { containerRecord } from '../record-shape.ts'
import { stampsOf } from '../rootfs/files.ts'

/**
 * Writes the lost records of a container: its spec from the history, its process from the host. The process does not change. Returns true
 * if a record was written.
 */
export async function rebuildContainer(
  write: WriteContext,
  container: ResourceAddress,
  spec: ContainerSpec | undefined,
): Promise<boolean> {
  const known = await readRecord(write.host, write.paths, container)
  const newest = await newestRun(write, container)
  const lastSpec = known?.spec ?? spec
  if (lastSpec === undefined) return false
  const whole = known ?? { owner: container, spec: lastSpec, run: newest ?? firstNumber(container), stopped: false }
  if (containerRecord(recordOnDisk(whole)) !== undefined) return false
  if (known === undefined) await writeRecord(write, whole)
  if ((await readRunning(write.host, write.paths, container)) !== undefined) return known === undefined
  const running = newest === undefined ? undefined : await runningAs(write, container, whole.spec, newest)
  if (running) await writeRunning(write, container, running)
  return known === undefined || running !== undefined
}

/** Number of the last run that the runtime knows; undefined: none since the host was booted. */
async function newestRun({ host, paths }: ReadContext, container: ResourceAddress): Promise<number | undefined> {
  const ids = await host.readDir(runtimeRoot(paths))
  const numbers = ids.flatMap((id) => numberInId(container, id) ?? [])
  return numbers.length === 0 ? undefined : Math.max(...numbers)
}

/** The last run, from its traces: files of conmon, its cgroup, config.json. */
async function runningAs(
  read: ReadContext,
  container: ResourceAddress,
  spec: ContainerSpec,
  number: number,
): Promise<Running> {
  const { host, paths } = read
  const { run, files } = containerLayout(paths, container)
  const id = runtimeId(runOf(container, number))
  const inside = await cgroupProcesses(host, cgroupOf(paths, id))
  const pidOf = async (name: string) => Number((await host.readFile(join(run, name)))?.trim())
  const [first, conmon] = [await pidOf('pid'), await pidOf('conmon.pid')]
  const config = await readConfig(read, container)
  const written = (await host.readDir(files)).map((name) => join(files, name))
  const started = await host.stat(join(run, 'pid'))
  const image = await host.stat(rootfsOf(paths, spec.image_digest ?? ''))
  return {
    id,
    run: number,
    // A pid means its process only while that is in the container's cgroup.
    process: inside.includes(first) ? await host.processIdentity(first) : undefined,
    conmon: (await host.readFile(`/proc/${conmon}/cmdline`))?.includes(`\0${id}\0`)
      ? await host.processIdentity(conmon)
      : undefined,
    startedAt: new Date(started?.mtimeMs ?? 0).toISOString(),
    restarts: 0,
    held: config !== undefined && isHeldOpen(config),
    stamps: await stampsOf(read, written),
    ...(image && { imageMs: image.mtimeMs }),
  }
}

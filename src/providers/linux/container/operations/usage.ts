import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../../host/cgroup.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { ContainerUsage } from '../../../container-verbs.ts'
import type { InstanceReader } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'

/** CPU time and memory of runs, by their ids. Three small files of the kernel a run, and no process. */
export async function readUsage(
  { host, paths }: InstanceReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ContainerUsage>> {
  const cgroups = await host.cgroups()
  const found = new Map<string, ContainerUsage>()
  for (const id of ids) {
    const usage = await usageOf(host, cgroups, cgroupOf(paths, id))
    if (usage) found.set(id, usage)
  }
  return found
}

/** CPU time and memory of a cgroup; undefined: it does not exist. */
export async function usageOf(
  host: HostReader,
  cgroups: CgroupHost,
  cgroup: string,
): Promise<ContainerUsage | undefined> {
  const read = (controller: string, file: string) =>
    host.readFile(join(controllerDir(cgroups, controller, cgroup), file)).catch(() => undefined)
  const isV2 = cgroups.mode === 'v2'
  const cpu = await (isV2 ? read('cpu', 'cpu.stat') : read('cpuacct', 'cpuacct.usage'))
  const used = await read('memory', isV2 ? 'memory.current' : 'memory.usage_in_bytes')
  const stat = await read('memory', 'memory.stat')
  if (cpu === undefined || used === undefined) return undefined
  return {
    cpuUs: isV2 ? fieldOf(cpu, 'usage_usec') : Math.round(Number(cpu) / 1000),
    memory: Math.max(0, Number(used) - fieldOf(stat ?? '', isV2 ? 'inactive_file' : 'total_inactive_file')),
  }
}

/** The number after a name at the start of a line; 0 if there is none. Pure. */
export function fieldOf(text: string, name: string): number {
  const position = text.startsWith(`${name} `) ? 0 : text.indexOf(`\n${name} `) + 1
  return position === 0 && !text.startsWith(`${name} `)
    ? 0
    : Number.parseInt(text.slice(position + name.length + 1), 10)
}

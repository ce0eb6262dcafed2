import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../../host/cgroup.ts'
import type { ReadContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'

/**
 * True if the kernel killed a process of this run because its memory limit was reached. The cgroup of an ended run exists until the
 * container is started again or removed.
 */
export async function wasOutOfMemory(
  { host, paths }: Pick<ReadContext, 'host' | 'paths'>,
  cgroups: CgroupHost,
  id: string,
): Promise<boolean> {
  const file = cgroups.mode === 'v2' ? 'memory.events' : 'memory.oom_control'
  const text = await host.readFile(join(controllerDir(cgroups, 'memory', cgroupOf(paths, id)), file))
  return /^oom_kill [1-9]/m.test(text ?? '')
}

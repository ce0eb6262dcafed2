import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether controllers stand in trees of their own (v1, hybrid) or in the one tree of v2. */
export const v1 = readFileSync('/proc/mounts', 'utf8').includes('/sys/fs/cgroup/memory')

/** What the kernel holds a process to: a file of its cgroup. */
export function cgroupValue(pid: number | null | undefined, controller: string, file: string): string {
  const line = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    .split('\n')
    .find((text) => (v1 ? text.split(':')[1]?.split(',').includes(controller) : text.startsWith('0::')))
  const cgroup = line?.split(':').slice(2).join(':') ?? ''
  return readFileSync(join('/sys/fs/cgroup', v1 ? controller : '', cgroup, file), 'utf8').trim()
}

/** Folder of an instance in the tree that holds `controller`. */
export const instanceCgroup = (id: string, controller: string): string =>
  join('/sys/fs/cgroup', v1 ? controller : '', 'heropods', id)

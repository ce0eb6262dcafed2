import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ReadContext } from '../../../provider.ts'

/** Paths of /proc and /sys that are hidden from a container, and those that are read-only. */
export interface ShieldedPaths {
  readonly maskedPaths: readonly string[]
  readonly readonlyPaths: readonly string[]
}

/** The paths that Docker or podman mask. */
const masked = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/dev/block',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
  '/sys/fs/selinux',
]
const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

const cpus = '/sys/devices/system/cpu'

/** Counters of hot CPUs. From these a container could infer the load of other containers. */
const heat = ({ host, once }: ReadContext): Promise<readonly string[]> =>
  once('thermal-throttle', async () => {
    const folders = (await host.readDir(cpus))
      .filter((name) => /^cpu\d+$/.test(name))
      .map((name) => `${cpus}/${name}/thermal_throttle`)
    const stats = await Promise.all(folders.map((folder) => host.stat(folder)))
    return folders.filter((_, index) => stats[index] !== undefined)
  })

/** Paths that are shielded from a container without privileges. A path on which its stack mounts something is not. */
export async function shieldedPaths(
  read: ReadContext,
  spec: Pick<ContainerSpec, 'mounts' | 'privileged'>,
): Promise<ShieldedPaths | undefined> {
  if (spec.privileged) return undefined
  const isShown = (path: string): boolean => spec.mounts.some(({ target }) => `${path}/`.startsWith(`${target}/`))
  return {
    maskedPaths: [...masked, ...(await heat(read))].filter((path) => !isShown(path)),
    readonlyPaths: readonlyPaths.filter((path) => !isShown(path)),
  }
}

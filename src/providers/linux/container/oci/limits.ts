import type { CgroupMode } from '../../../../host/cgroup.ts'
import { type Limits, numberList } from '../../../../model/kinds/limits.ts'

export interface CgroupFile {
  /** Controller whose tree holds the file on v1. */
  readonly controller: string
  readonly file: string
  readonly value: string
  /** The limit is not set: the file may also hold another form of "none" than `value`. */
  readonly none?: boolean
}

const page = 4096
const defaultPeriod = 100_000
const defaultShares = 1024
const pages = (bytes: number): string => String(Math.floor(bytes / page) * page)
/** On cgroup v1 the kernel shows "no limit" as a number of at least this value. */
const unlimitedBytes = 2 ** 60

/** CPU shares, clamped to the range of the kernel. */
const sharesOf = (shares: number): number => Math.min(Math.max(shares, 2), 262_144)
/** CPU shares as a weight of cgroup v2. */
const weightOf = (shares: number): number => 1 + Math.floor(((sharesOf(shares) - 2) * 9999) / 262_142)

/** OCI `linux.resources` (runtime-spec, config-linux). */
export function ociResources(limits: Limits, mode: CgroupMode): Readonly<Record<string, unknown>> {
  const { mem_limit, mem_reservation, memswap_limit, cpu_period, cpu_quota, cpu_shares, cpuset, pids_limit } = limits
  const memory = {
    ...(mem_limit > 0 && { limit: mem_limit }),
    ...(mem_reservation > 0 && { reservation: mem_reservation }),
    ...(memswap_limit !== 0 && { swap: memswap_limit }),
  }
  const cpu = {
    ...(cpu_quota > 0 && { quota: cpu_quota }),
    ...((cpu_quota > 0 || cpu_period > 0) && { period: cpu_period || defaultPeriod }),
    ...(cpu_shares > 0 && mode !== 'v2' && { shares: sharesOf(cpu_shares) }),
    ...(cpuset !== '' && { cpus: cpuset }),
  }
  return {
    ...(Object.keys(memory).length > 0 && { memory }),
    ...(Object.keys(cpu).length > 0 && { cpu }),
    ...(pids_limit > 0 && { pids: { limit: pids_limit } }),
    // Set here, since versions of crun convert shares to different weights.
    ...(cpu_shares > 0 && mode === 'v2' && { unified: { 'cpu.weight': String(weightOf(cpu_shares)) } }),
  }
}

/** The desired content of each cgroup file. A limit that is not set has the text of the kernel for no limit. */
export function cgroupFiles(mode: CgroupMode, limits: Limits, hostCpus: string): readonly CgroupFile[] {
  return mode === 'v2' ? filesV2(limits, hostCpus) : filesV1(limits, hostCpus)
}

function filesV1(limits: Limits, hostCpus: string): readonly CgroupFile[] {
  const bytes = (file: string, value: number): CgroupFile =>
    limited('memory', file, value > 0 ? pages(value) : undefined, '-1')
  return [
    bytes('memory.limit_in_bytes', limits.mem_limit),
    bytes('memory.memsw.limit_in_bytes', limits.memswap_limit),
    bytes('memory.soft_limit_in_bytes', limits.mem_reservation),
    { controller: 'cpu', file: 'cpu.cfs_period_us', value: String(limits.cpu_period || defaultPeriod) },
    limited('cpu', 'cpu.cfs_quota_us', limits.cpu_quota > 0 ? String(limits.cpu_quota) : undefined, '-1'),
    {
      controller: 'cpu',
      file: 'cpu.shares',
      value: String(limits.cpu_shares > 0 ? sharesOf(limits.cpu_shares) : defaultShares),
    },
    ...filesOfBoth(limits, hostCpus),
  ]
}

function filesV2(limits: Limits, hostCpus: string): readonly CgroupFile[] {
  const { mem_limit, mem_reservation, memswap_limit, cpu_shares, cpu_quota, cpu_period } = limits
  const swap = memswap_limit > 0 ? pages(Math.max(0, memswap_limit - mem_limit)) : undefined
  return [
    limited('memory', 'memory.max', mem_limit > 0 ? pages(mem_limit) : undefined, 'max'),
    limited('memory', 'memory.swap.max', swap, 'max'),
    { controller: 'memory', file: 'memory.low', value: pages(mem_reservation) },
    {
      controller: 'cpu',
      file: 'cpu.max',
      value: `${cpu_quota > 0 ? cpu_quota : 'max'} ${cpu_period || defaultPeriod}`,
    },
    { controller: 'cpu', file: 'cpu.weight', value: String(cpu_shares > 0 ? weightOf(cpu_shares) : 100) },
    ...filesOfBoth(limits, hostCpus),
  ]
}

const filesOfBoth = ({ cpuset, pids_limit }: Limits, hostCpus: string): readonly CgroupFile[] => [
  limited('cpuset', 'cpuset.cpus', cpuset || undefined, hostCpus),
  limited('pids', 'pids.max', pids_limit > 0 ? String(pids_limit) : undefined, 'max'),
]

const limited = (controller: string, file: string, value: string | undefined, none: string): CgroupFile =>
  value === undefined ? { controller, file, value: none, none: true } : { controller, file, value }

/** True if a cgroup file holds its limit: CPUs in any order and grouping, no limit in any of its forms. Pure. */
export function holds(file: CgroupFile, found: string): boolean {
  const now = found.trim()
  if (now === file.value) return true
  // On v2 an empty set is the parent's.
  if (file.file === 'cpuset.cpus') return file.none && now === '' ? true : sameCpus(now, file.value)
  return file.none === true && (now === 'max' || now === '-1' || Number(now) >= unlimitedBytes)
}

const sameCpus = (left: string, right: string): boolean => numberList(left).join() === numberList(right).join()

/**
 * The writes that change the limits, in an order that is valid at every moment: the sum of
 * memory and swap is raised before memory, and lowered after it.
 */
export function cgroupWrites(wanted: readonly CgroupFile[], found: ReadonlyMap<string, string>): readonly CgroupFile[] {
  const changed = wanted.filter((file) => found.has(file.file) && !holds(file, found.get(file.file) as string))
  const amount = (text: string): number => (text === 'max' || text === '-1' ? Number.POSITIVE_INFINITY : Number(text))
  const memory = changed.find((file) => file.file === 'memory.limit_in_bytes')
  const raises = memory !== undefined && amount(memory.value) > amount((found.get(memory.file) ?? '').trim())
  return raises
    ? [...changed].sort((left, right) => Number(right.file.includes('memsw')) - Number(left.file.includes('memsw')))
    : changed
}

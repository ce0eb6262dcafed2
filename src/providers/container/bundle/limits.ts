import type { CgroupMode } from '../../../host/cgroup.ts'
import type { ContainerSpec } from '../spec.ts'

export type Limits = Pick<
  ContainerSpec,
  | 'mem_limit'
  | 'mem_reservation'
  | 'memswap_limit'
  | 'cpu_period'
  | 'cpu_quota'
  | 'cpu_shares'
  | 'cpuset'
  | 'pids_limit'
>

/** Fields of a container that its cgroup holds: changed while it runs. */
export const limitFields = [
  'mem_limit',
  'mem_reservation',
  'memswap_limit',
  'cpu_period',
  'cpu_quota',
  'cpu_shares',
  'cpuset',
  'pids_limit',
] as const

export interface CgroupFile {
  /** Controller whose tree holds the file on v1. */
  readonly controller: string
  readonly file: string
  readonly value: string
}

const page = 4096
const defaultPeriod = 100_000
const defaultShares = 1024
const pages = (bytes: number): number => Math.floor(bytes / page) * page
/** What the kernel says for "no limit" on v1, less than which is one. */
const unlimitedBytes = 2 ** 60

const weightOf = (shares: number): number => 1 + Math.floor(((shares - 2) * 9999) / 262142)

/** OCI `linux.resources` (runtime-spec, config-linux). */
export function ociResources(limits: Limits): Readonly<Record<string, unknown>> {
  const { mem_limit, mem_reservation, memswap_limit, cpu_period, cpu_quota, cpu_shares, cpuset, pids_limit } = limits
  const memory = {
    ...(mem_limit > 0 && { limit: mem_limit }),
    ...(mem_reservation > 0 && { reservation: mem_reservation }),
    ...(memswap_limit !== 0 && { swap: memswap_limit }),
  }
  const cpu = {
    ...(cpu_quota > 0 && { quota: cpu_quota, period: cpu_period || defaultPeriod }),
    ...(cpu_shares > 0 && { shares: cpu_shares }),
    ...(cpuset !== '' && { cpus: cpuset }),
  }
  return {
    ...(Object.keys(memory).length > 0 && { memory }),
    ...(Object.keys(cpu).length > 0 && { cpu }),
    ...(pids_limit > 0 && { pids: { limit: pids_limit } }),
  }
}

/** What each cgroup file should hold. Files of limits that are not set hold the kernel's "none". */
export function cgroupFiles(mode: CgroupMode, limits: Limits, hostCpus: string): readonly CgroupFile[] {
  return mode === 'v2' ? filesV2(limits, hostCpus) : filesV1(limits, hostCpus)
}

function filesV1(limits: Limits, hostCpus: string): readonly CgroupFile[] {
  const bytes = (value: number): string => (value > 0 ? String(pages(value)) : '-1')
  return [
    { controller: 'memory', file: 'memory.limit_in_bytes', value: bytes(limits.mem_limit) },
    { controller: 'memory', file: 'memory.memsw.limit_in_bytes', value: bytes(limits.memswap_limit) },
    { controller: 'memory', file: 'memory.soft_limit_in_bytes', value: bytes(limits.mem_reservation) },
    {
      controller: 'cpu',
      file: 'cpu.cfs_period_us',
      value: String(limits.cpu_quota > 0 && limits.cpu_period > 0 ? limits.cpu_period : defaultPeriod),
    },
    { controller: 'cpu', file: 'cpu.cfs_quota_us', value: limits.cpu_quota > 0 ? String(limits.cpu_quota) : '-1' },
    { controller: 'cpu', file: 'cpu.shares', value: String(limits.cpu_shares || defaultShares) },
    { controller: 'cpuset', file: 'cpuset.cpus', value: limits.cpuset || hostCpus },
    { controller: 'pids', file: 'pids.max', value: limits.pids_limit > 0 ? String(limits.pids_limit) : 'max' },
  ]
}

function filesV2(limits: Limits, hostCpus: string): readonly CgroupFile[] {
  const bytes = (value: number): string => (value > 0 ? String(pages(value)) : 'max')
  const swap = limits.memswap_limit > 0 && limits.mem_limit > 0 ? limits.memswap_limit - limits.mem_limit : 0
  const period = limits.cpu_period || defaultPeriod
  return [
    { controller: 'memory', file: 'memory.max', value: bytes(limits.mem_limit) },
    { controller: 'memory', file: 'memory.swap.max', value: limits.memswap_limit > 0 ? String(pages(swap)) : 'max' },
    {
      controller: 'memory',
      file: 'memory.low',
      value: limits.mem_reservation > 0 ? String(pages(limits.mem_reservation)) : '0',
    },
    { controller: 'cpu', file: 'cpu.max', value: `${limits.cpu_quota > 0 ? limits.cpu_quota : 'max'} ${period}` },
    { controller: 'cpu', file: 'cpu.weight', value: String(limits.cpu_shares > 0 ? weightOf(limits.cpu_shares) : 100) },
    { controller: 'cpuset', file: 'cpuset.cpus', value: limits.cpuset || hostCpus },
    { controller: 'pids', file: 'pids.max', value: limits.pids_limit > 0 ? String(limits.pids_limit) : 'max' },
  ]
}

/** Whether a cgroup file says what it should: sizes rounded to pages, "no limit" in whichever of its forms. */
export function holds(file: CgroupFile, found: string): boolean {
  const now = found.trim()
  if (now === file.value) return true
  const none = file.value === '-1' || file.value === 'max'
  if (none) return now === 'max' || now === '-1' || Number(now) >= unlimitedBytes
  return file.file === 'cpuset.cpus' && sameCpus(now, file.value)
}

const cpuList = (text: string): readonly number[] =>
  text.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
const sameCpus = (left: string, right: string): boolean => cpuList(left).join() === cpuList(right).join()

/**
 * The writes that lead from what the files hold to what they should, in an order that is valid at every moment: the sum of
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

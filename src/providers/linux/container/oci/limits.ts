import type { CgroupMode } from '../../../../host/cgroup.ts'
import type { DriftedField } from '../../../../model/change.ts'
import { type Limits, numberList } from '../../../../model/kinds/limits.ts'
import { sizeText } from '../../../../model/values/units.ts'

export interface CgroupFile {
  /** Controller whose tree holds the file on v1. */
  readonly controller: string
  readonly file: string
  /** The field of the stack file that it holds. */
  readonly field: string
  readonly value: string
  /** The limit is not set: the file may also hold another form of "none" than `value`. */
  readonly none?: boolean
}

const pageBytes = 4096
const defaultPeriodMicros = 100_000
const defaultShares = 1024
const pages = (bytes: number): string => String(Math.floor(bytes / pageBytes) * pageBytes)
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
    ...((cpu_quota > 0 || cpu_period > 0) && { period: cpu_period || defaultPeriodMicros }),
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
  const { cpu_period, cpu_quota } = limits
  const bytes = (file: string, field: 'mem_limit' | 'memswap_limit' | 'mem_reservation'): CgroupFile =>
    limited({ controller: 'memory', file, field }, limits[field] > 0 ? pages(limits[field]) : undefined, '-1')
  const quota = { controller: 'cpu', file: 'cpu.cfs_quota_us', field: 'cpu_quota' }
  return [
    bytes('memory.limit_in_bytes', 'mem_limit'),
    bytes('memory.memsw.limit_in_bytes', 'memswap_limit'),
    bytes('memory.soft_limit_in_bytes', 'mem_reservation'),
    {
      controller: 'cpu',
      file: 'cpu.cfs_period_us',
      field: 'cpu_period',
      value: String(cpu_period || defaultPeriodMicros),
    },
    limited(quota, cpu_quota > 0 ? String(cpu_quota) : undefined, '-1'),
    {
      controller: 'cpu',
      file: 'cpu.shares',
      field: 'cpu_shares',
      value: String(limits.cpu_shares > 0 ? sharesOf(limits.cpu_shares) : defaultShares),
    },
    ...filesOfBoth(limits, hostCpus),
  ]
}

function filesV2(limits: Limits, hostCpus: string): readonly CgroupFile[] {
  const { mem_limit, mem_reservation, memswap_limit, cpu_shares, cpu_quota, cpu_period } = limits
  const memory = (file: string, field: string) => ({ controller: 'memory', file, field })
  const swap = memswap_limit > 0 ? pages(Math.max(0, memswap_limit - mem_limit)) : undefined
  return [
    limited(memory('memory.max', 'mem_limit'), mem_limit > 0 ? pages(mem_limit) : undefined, 'max'),
    limited(memory('memory.swap.max', 'memswap_limit'), swap, 'max'),
    { ...memory('memory.low', 'mem_reservation'), value: pages(mem_reservation) },
    {
      controller: 'cpu',
      file: 'cpu.max',
      field: 'cpu_quota and cpu_period',
      value: `${cpu_quota > 0 ? cpu_quota : 'max'} ${cpu_period || defaultPeriodMicros}`,
    },
    {
      controller: 'cpu',
      file: 'cpu.weight',
      field: 'cpu_shares',
      value: String(cpu_shares > 0 ? weightOf(cpu_shares) : 100),
    },
    ...filesOfBoth(limits, hostCpus),
  ]
}

const filesOfBoth = ({ cpuset, pids_limit }: Limits, hostCpus: string): readonly CgroupFile[] => [
  limited({ controller: 'cpuset', file: 'cpuset.cpus', field: 'cpuset' }, cpuset || undefined, hostCpus),
  limited(
    { controller: 'pids', file: 'pids.max', field: 'pids_limit' },
    pids_limit > 0 ? String(pids_limit) : undefined,
    'max',
  ),
]

const limited = (
  file: Pick<CgroupFile, 'controller' | 'file' | 'field'>,
  value: string | undefined,
  none: string,
): CgroupFile => (value === undefined ? { ...file, value: none, none: true } : { ...file, value })

/** True if a cgroup file holds its limit: CPUs in any order and grouping, no limit in any of its forms. Pure. */
export function holds(file: CgroupFile, found: string): boolean {
  const now = found.trim()
  if (now === file.value) return true
  // On v2 an empty set is the parent's.
  if (file.file === 'cpuset.cpus') return file.none && now === '' ? true : sameCpus(now, file.value)
  return file.none === true && (now === 'max' || now === '-1' || Number(now) >= unlimitedBytes)
}

/** The field of a cgroup file that does not hold its limit. `found`: the content of the file. Pure. */
export const driftedLimit = (file: CgroupFile, found: string): DriftedField => ({
  name: file.field,
  applied: file.none ? 'no limit' : limitText(file, file.value),
  live: limitText(file, found.trim()),
})

const limitText = ({ controller }: CgroupFile, value: string): string => {
  if (value === 'max' || value === '-1' || Number(value) >= unlimitedBytes) return 'no limit'
  return controller === 'memory' && /^\d+$/.test(value) ? sizeText(Number(value)) : value
}

const sameCpus = (left: string, right: string): boolean => numberList(left).join() === numberList(right).join()

/**
 * The writes that change the limits, in an order that is valid at every moment: the sum of
 * memory and swap is raised before memory, and lowered after it.
 */
export function cgroupWrites(
  desired: readonly CgroupFile[],
  found: ReadonlyMap<string, string>,
): readonly CgroupFile[] {
  const changed = desired.filter((file) => found.has(file.file) && !holds(file, found.get(file.file) as string))
  const amount = (text: string): number => (text === 'max' || text === '-1' ? Number.POSITIVE_INFINITY : Number(text))
  const memory = changed.find((file) => file.file === 'memory.limit_in_bytes')
  const raises = memory !== undefined && amount(memory.value) > amount((found.get(memory.file) ?? '').trim())
  return raises
    ? [...changed].sort((left, right) => Number(right.file.includes('memsw')) - Number(left.file.includes('memsw')))
    : changed
}

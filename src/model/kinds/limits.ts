import type { ContainerSpec } from './container.ts'

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
  | 'blkio_config'
>

/** The fields that are limits of the cgroup. They can change while the container runs. */
export const limitFields = [
  'mem_limit',
  'mem_reservation',
  'memswap_limit',
  'cpu_period',
  'cpu_quota',
  'cpu_shares',
  'cpuset',
  'pids_limit',
  'blkio_config',
] as const

/** No limit is set. */
export const noLimits: Limits = {
  mem_limit: 0,
  mem_reservation: 0,
  memswap_limit: 0,
  cpu_period: 0,
  cpu_quota: 0,
  cpu_shares: 0,
  cpuset: '',
  pids_limit: 0,
}

/** Numbers of a list such as `3,1,0-1`, each once, sorted. Pure. */
export function numberList(text: string): readonly number[] {
  const parts = text.split(',').filter(Boolean)
  const cpus = parts.flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  })
  return [...new Set(cpus)].sort((left, right) => left - right)
}

/** The limits of getrlimit(2) by their names in Compose. */
export const ulimitNames: readonly string[] = [
  'as',
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
]

/** The default soft limit of the stack, bytes. */
export const defaultStackBytes = 8 * 1024 * 1024

/** The soft limit of the stack of a container, bytes; infinity if there is no limit. */
export function softStack({ stack }: ContainerSpec['ulimits']): number {
  const { soft } = stack ?? { soft: defaultStackBytes }
  return soft < 0 ? Number.POSITIVE_INFINITY : soft
}

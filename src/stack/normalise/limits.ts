import type { Container } from '../../generated/stack-file.ts'
import type { Limits } from '../../providers/container/bundle/limits.ts'
import { parseSize } from '../units.ts'
import { type Context, told } from './context.ts'

const period = 100_000
const smallestMemory = 512 * 1024

/** CPU, memory and process limits, from Compose's two places; the two may not contradict each other. */
export function normaliseLimits(context: Context, name: string, stated: Container): Limits {
  const at = ['containers', name]
  const { limits, reservations } = stated.deploy?.resources ?? {}
  const size = (field: string, value: string | number | undefined): number =>
    value === undefined ? 0 : told(context, 'bad-limit', [...at, field], 0, () => parseSize(value))
  const one = (field: string, own: number, other: number): number => {
    if (own !== 0 && other !== 0 && own !== other)
      context.problems.add(
        'bad-limit',
        [...at, field],
        `\`${field}\` and \`deploy.resources\` state different values.`,
        'Keep one of them.',
      )
    return own || other
  }
  const mem_limit = one('mem_limit', size('mem_limit', stated.mem_limit), size('deploy', limits?.memory))
  if (mem_limit !== 0 && mem_limit < smallestMemory)
    context.problems.add(
      'bad-limit',
      [...at, 'mem_limit'],
      `A memory limit of ${mem_limit} bytes is too small for any process.`,
      'Write at least 6m.',
    )
  const mem_reservation = one(
    'mem_reservation',
    size('mem_reservation', stated.mem_reservation),
    size('deploy', reservations?.memory),
  )
  const memswap_limit = size('memswap_limit', stated.memswap_limit)
  if (memswap_limit > 0 && (mem_limit === 0 || memswap_limit < mem_limit))
    context.problems.add(
      'bad-limit',
      [...at, 'memswap_limit'],
      '`memswap_limit` counts memory and swap together: it cannot be less than `mem_limit`.',
      'Raise it, or leave it out.',
    )
  if (mem_limit > 0 && mem_reservation > mem_limit)
    context.problems.add(
      'bad-limit',
      [...at, 'mem_reservation'],
      '`mem_reservation` is more than `mem_limit`.',
      'Lower it.',
    )
  if (Number(stated.pids_limit ?? 0) < -1)
    context.problems.add(
      'bad-limit',
      [...at, 'pids_limit'],
      '`pids_limit` is less than -1.',
      '0 and -1 mean unlimited.',
    )
  const pids = one('pids_limit', Number(stated.pids_limit ?? 0), Number(limits?.pids ?? 0))
  return {
    mem_limit,
    mem_reservation,
    memswap_limit,
    ...cpuLimits(context, name, stated),
    cpu_shares: Number(stated.cpu_shares ?? 0),
    cpuset: String(stated.cpuset ?? ''),
    pids_limit: Math.max(0, pids),
  }
}

function cpuLimits(context: Context, name: string, stated: Container): Pick<Limits, 'cpu_period' | 'cpu_quota'> {
  const at = ['containers', name]
  const count = Number(stated.cpus ?? stated.deploy?.resources?.limits?.cpus ?? 0)
  if (count === 0) {
    const cpu_quota = Number(stated.cpu_quota ?? 0)
    return { cpu_quota: Math.max(0, cpu_quota), cpu_period: cpu_quota > 0 ? Number(stated.cpu_period ?? period) : 0 }
  }
  if (stated.cpu_quota !== undefined || stated.cpu_period !== undefined)
    context.problems.add(
      'bad-limit',
      [...at, 'cpus'],
      '`cpus` and `cpu_quota` say the same in two ways.',
      'Keep one of them.',
    )
  if (count < 0.01)
    context.problems.add(
      'bad-limit',
      [...at, 'cpus'],
      `${count} CPUs is less than the kernel’s smallest share.`,
      'Write at least 0.01.',
    )
  return { cpu_period: period, cpu_quota: Math.round(count * period) }
}

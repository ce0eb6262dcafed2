import type { Container } from '../../../generated/stack-file.ts'
import { type Limits, numberList } from '../../../model/kinds/limits.ts'
import { parseSize, sizeText } from '../../../model/values/units.ts'
import { type Context, collectError } from '../context.ts'
import { normaliseBlockIo } from './block-io.ts'

const defaultPeriodMicros = 100_000
/** The lower limit of Docker, bytes: with less memory the runtime cannot start a process. */
const minMemoryBytes = 6 * 1024 * 1024
/** The limits of the kernel (kernel/sched/core.c) for quota and period, microseconds. */
const quotaBounds = [1000, 2 ** 44 - 1] as const
const periodBounds = [1000, 1_000_000] as const
/** The highest limit of processes that the kernel accepts (PID_MAX_LIMIT). */
const maxProcesses = 4_194_304
const maxCpu = 8191

/** CPU, memory and process limits from the two places of Compose. Contradictions are refused. */
export function normaliseLimits(context: Context, name: string, declared: Container): Limits {
  const path = ['containers', name]
  const report: ReportProblem = (field, message, hint) =>
    context.problems.add('bad-limit', [...path, field], message, hint)
  const { limits, reservations } = declared.deploy?.resources ?? {}
  const size = (field: string, value: string | number | undefined): number => {
    if (value === undefined) return 0
    const bytes = collectError(context, 'bad-limit', [...path, field], 0, () => parseSize(value))
    if (bytes < 0 && !(field === 'memswap_limit' && bytes === -1))
      report(field, `\`${field}\` is less than 0.`, sizeHint)
    if (bytes > Number.MAX_SAFE_INTEGER) report(field, `\`${field}\` is more than any machine has.`, sizeHint)
    return bytes
  }
  const fromEither = (field: string, own: number, other: number): number => {
    if (own !== 0 && other !== 0 && own !== other)
      report(field, `\`${field}\` and \`deploy.resources\` have different values.`, 'Remove one of them.')
    return own || other
  }
  const memory = memoryLimits(
    {
      mem_limit: fromEither('mem_limit', size('mem_limit', declared.mem_limit), size('deploy', limits?.memory)),
      mem_reservation: fromEither(
        'mem_reservation',
        size('mem_reservation', declared.mem_reservation),
        size('deploy', reservations?.memory),
      ),
      memswap_limit: size('memswap_limit', declared.memswap_limit),
    },
    report,
  )
  const pids = fromEither('pids_limit', Number(declared.pids_limit ?? 0), Number(limits?.pids ?? 0))
  if (pids < -1) report('pids_limit', '`pids_limit` is less than -1.', 'Write a positive number, or -1 for unlimited.')
  if (pids > maxProcesses)
    report(
      'pids_limit',
      `\`pids_limit\` is more than ${maxProcesses}, the most that Linux can have.`,
      `Write at most ${maxProcesses}, or -1 for unlimited.`,
    )
  const blkio_config = normaliseBlockIo(context, name, declared.blkio_config)
  const cpus = fromEither('cpus', Number(declared.cpus ?? 0), Number(limits?.cpus ?? 0))
  return {
    ...memory,
    ...cpuTime(declared, cpus, report),
    cpu_shares: cpuShares(declared, report),
    cpuset: cpuSet(declared, report),
    pids_limit: Math.max(0, pids),
    ...(blkio_config && { blkio_config }),
  }
}

type ReportProblem = (field: string, message: string, hint: string) => void
const sizeHint = 'Write bytes, or a number with k, m, g.'

function memoryLimits<T extends Pick<Limits, 'mem_limit' | 'mem_reservation' | 'memswap_limit'>>(
  limits: T,
  report: ReportProblem,
): T {
  const { mem_limit, mem_reservation, memswap_limit } = limits
  if (mem_limit > 0 && mem_limit < minMemoryBytes)
    report('mem_limit', `A memory limit of ${sizeText(mem_limit)} is too small for any process.`, 'Write at least 6m.')
  if (memswap_limit > 0 && (mem_limit === 0 || memswap_limit < mem_limit))
    report(
      'memswap_limit',
      '`memswap_limit` counts memory and swap together: it cannot be less than `mem_limit`.',
      'Write at least the value of `mem_limit`, or remove it.',
    )
  if (mem_limit > 0 && mem_reservation > mem_limit)
    report(
      'mem_reservation',
      '`mem_reservation` is more than `mem_limit`.',
      'Write at most the value of `mem_limit`, or remove it.',
    )
  return limits
}

function cpuTime(declared: Container, count: number, report: ReportProblem): Pick<Limits, 'cpu_period' | 'cpu_quota'> {
  const [quota, period] = [Number(declared.cpu_quota ?? 0), Number(declared.cpu_period ?? 0)]
  const within = (field: string, value: number, [least, most]: readonly [number, number]): void => {
    if (value < least || value > most)
      report(
        field,
        `\`${field}\` is ${value}: the kernel accepts ${least} to ${most} microseconds.`,
        'Write a value in this range.',
      )
  }
  if (count === 0) {
    if (quota !== 0 && quota !== -1) within('cpu_quota', quota, quotaBounds)
    if (period !== 0) within('cpu_period', period, periodBounds)
    return { cpu_quota: Math.max(0, quota), cpu_period: period || (quota > 0 ? defaultPeriodMicros : 0) }
  }
  if (declared.cpu_quota !== undefined || declared.cpu_period !== undefined)
    report('cpus', '`cpus` and `cpu_quota` set the same limit.', 'Remove one of them.')
  const own = Math.round(count * defaultPeriodMicros)
  if (own < quotaBounds[0])
    report('cpus', `${count} CPUs is less than the kernel’s smallest share.`, 'Write at least 0.01.')
  if (own > quotaBounds[1])
    report('cpus', `${count} CPUs is more than the kernel accepts.`, 'Write at most the number of CPUs of the host.')
  return { cpu_period: defaultPeriodMicros, cpu_quota: own }
}

function cpuShares(declared: Container, report: ReportProblem): number {
  const shares = Number(declared.cpu_shares ?? 0)
  if (shares < 0) report('cpu_shares', '`cpu_shares` is less than 0.', 'Write 2 to 262144; 1024 is normal.')
  return shares
}

function cpuSet(declared: Container, report: ReportProblem): string {
  const text = String(declared.cpuset ?? '')
  if ((text.match(/\d+/g) ?? []).some((cpu) => Number(cpu) > maxCpu)) {
    report(
      'cpuset',
      `\`cpuset\` "${text}" names a CPU above ${maxCpu}, the highest that Linux can have.`,
      'Name CPUs of the host, e.g. `0-3,6`.',
    )
    return ''
  }
  if (text.split(',').some((part) => part !== '' && numberList(part).length === 0))
    report('cpuset', `\`cpuset\` "${text}" has a range that ends before it begins.`, 'Write e.g. `0-3,6`.')
  return text
}

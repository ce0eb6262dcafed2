import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { defaultStackBytes } from '../../../../model/kinds/limits.ts'

/** Compose's name of a limit -> its name in /proc/PID/limits (getrlimit(2)). */
const procNames: Readonly<Record<string, string>> = {
  as: 'Max address space',
  core: 'Max core file size',
  cpu: 'Max cpu time',
  data: 'Max data size',
  fsize: 'Max file size',
  locks: 'Max file locks',
  memlock: 'Max locked memory',
  msgqueue: 'Max msgqueue size',
  nice: 'Max nice priority',
  nofile: 'Max open files',
  nproc: 'Max processes',
  rss: 'Max resident set',
  rtprio: 'Max realtime priority',
  rttime: 'Max realtime timeout',
  sigpending: 'Max pending signals',
  stack: 'Max stack size',
}

const unlimited = Number.MAX_SAFE_INTEGER
const toNumber = (text: string): number => (text === 'unlimited' ? unlimited : Number(text))

/** Hard limits from the text of /proc/PID/limits, by Compose's names. */
export function parseHardLimits(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n')
  return new Map(
    Object.entries(procNames).flatMap(([name, title]) => {
      const line = lines.find((one) => one.startsWith(title))
      const hard = line?.slice(title.length).trim().split(/\s+/)[1]
      return hard === undefined ? [] : [[name, toNumber(hard)] as const]
    }),
  )
}

const mebibyte = 1024 * 1024
const unbounded = { soft: -1, hard: -1 }

/**
 * Default limits, so that a container does not inherit those of the caller: the defaults of Docker and podman, else those of the kernel's
 * first process. -1: no limit. The number of pending signals is absent, since the kernel derives it from the memory.
 */
const defaultUlimits: ContainerSpec['ulimits'] = {
  as: unbounded,
  core: { soft: 0, hard: -1 },
  cpu: unbounded,
  data: unbounded,
  fsize: unbounded,
  locks: unbounded,
  memlock: { soft: 8 * mebibyte, hard: 8 * mebibyte },
  msgqueue: { soft: 819_200, hard: 819_200 },
  nice: { soft: 0, hard: 0 },
  nofile: { soft: 1_048_576, hard: 1_048_576 },
  nproc: unbounded,
  rss: unbounded,
  rtprio: { soft: 0, hard: 0 },
  rttime: unbounded,
  stack: { soft: defaultStackBytes, hard: -1 },
}

/** One of OCI's `process.rlimits`. */
export interface OciRlimit {
  readonly type: string
  readonly soft: number
  readonly hard: number
}

/** Bounds of the limits that a process may set for its children. */
export interface RlimitBounds {
  /** Its hard limits, by Compose's names. */
  readonly hard: ReadonlyMap<string, number>
  /** True if it may exceed its own limits: CAP_SYS_RESOURCE. */
  readonly mayRaise: boolean
}

/** OCI `process.rlimits`: all limits, so that none is inherited from the caller, within the bounds of the caller. Pure. */
export function ociRlimits(ulimits: ContainerSpec['ulimits'], bounds: RlimitBounds): readonly OciRlimit[] {
  const desired = Object.entries({ ...defaultUlimits, ...pendingSignals(bounds.hard), ...ulimits }).map(
    ([name, { soft, hard }]): OciRlimit => ({
      type: `RLIMIT_${name.toUpperCase()}`,
      soft: soft < 0 ? unlimited : soft,
      hard: hard < 0 ? unlimited : hard,
    }),
  )
  return clampRlimits(desired, bounds)
}

/** Lowers limits to those that a process may set. Pure. */
export function clampRlimits(rlimits: readonly OciRlimit[], { hard, mayRaise }: RlimitBounds): readonly OciRlimit[] {
  return rlimits.map((one) => {
    const name = one.type.slice('RLIMIT_'.length).toLowerCase()
    const bound = mayRaise ? unlimited : (hard.get(name) ?? unlimited)
    const clamp = (value: number): number => {
      const clamped = Math.min(value, bound)
      // RLIM_INFINITY in JSON: crun reads this number as 64 set bits.
      return clamped >= unlimited ? 2 ** 64 - 1 : clamped
    }
    return { type: one.type, soft: clamp(one.soft), hard: clamp(one.hard) }
  })
}

function pendingSignals(hostHard: ReadonlyMap<string, number>): ContainerSpec['ulimits'] {
  const hard = hostHard.get('sigpending')
  return hard === undefined ? {} : { sigpending: { soft: hard, hard } }
}

import type { ContainerSpec } from '../../../model/kinds/container.ts'

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
 * What a container has that sets nothing, whoever starts it: Docker's and podman's numbers where they have some, else what the
 * kernel gives its first process. -1: no limit. Not among them: pending signals, which the kernel counts by the machine's memory.
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
  stack: { soft: 8 * mebibyte, hard: -1 },
}

/** OCI `process.rlimits`: every limit, so that none is the caller's. Where the host may not raise hard limits (no CAP_SYS_RESOURCE), they are clamped to its own. */
export function ociRlimits(
  ulimits: ContainerSpec['ulimits'],
  hostHard: ReadonlyMap<string, number>,
  mayRaise: boolean,
): readonly Readonly<Record<string, unknown>>[] {
  return Object.entries({ ...defaultUlimits, ...pendingSignals(hostHard), ...ulimits }).map(
    ([name, { soft, hard }]) => {
      const bound = mayRaise ? unlimited : (hostHard.get(name) ?? unlimited)
      const clamp = (value: number): number => {
        const wanted = value < 0 ? unlimited : value
        const clamped = Math.min(wanted, bound)
        // RLIM_INFINITY, as JSON can hold it: crun reads all 64 bits set.
        return clamped >= unlimited ? 2 ** 64 - 1 : clamped
      }
      return { type: `RLIMIT_${name.toUpperCase()}`, soft: clamp(soft), hard: clamp(hard) }
    },
  )
}

function pendingSignals(hostHard: ReadonlyMap<string, number>): ContainerSpec['ulimits'] {
  const hard = hostHard.get('sigpending')
  return hard === undefined ? {} : { sigpending: { soft: hard, hard } }
}

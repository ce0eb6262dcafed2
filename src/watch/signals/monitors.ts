import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { HostPlaces } from '../../reconciler/engine/host-places.ts'
import type { OnSignal, SignalKind, SourceState } from './signal.ts'

/** A program that prints changes of the host, and a test of which lines concern this instance. */
export interface Monitor {
  readonly kind: SignalKind
  readonly program: string
  readonly args: readonly string[]
  readonly concerns: (line: string) => boolean
}

/** Links, addresses and routes, also of the namespaces of containers. HeroPods has no IPv6. */
export const linkMonitor: Monitor = {
  kind: 'link',
  program: 'ip',
  args: ['-4', '-oneline', 'monitor', 'all-nsid', 'link', 'address', 'route', 'netconf'],
  concerns: (line) =>
    /^\[nsid \d/.test(line) ||
    /\b(hp[\w.-]{0,13}|hv[0-9a-f]{12}|heropods0)\b/.test(line) ||
    /\binet all forwarding\b/.test(line),
}

/** Roots of containers and their named network namespaces. */
export const mountMonitor = (paths: Paths, { namespaces }: Pick<HostPlaces, 'namespaces'>): Monitor => ({
  kind: 'mount',
  program: 'findmnt',
  args: ['--poll', '--noheadings', '--raw', '--output', 'ACTION,TARGET'],
  concerns: (line) => {
    // findmnt writes a blank in a path as \x20.
    const target = line.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return [`${paths.data}/`, `${paths.run}/`, namespaces].some((one) => target.includes(one))
  },
})

/** Waits before a monitor starts again, milliseconds. After a run of `lasting` the wait is the first one. */
const [firstWaitMs, maxWaitMs, stableAfterMs] = [100, 10_000, 60_000]
/** Time that a monitor needs until it listens, milliseconds. */
const startDelayMs = 500
/** The beginning of a line: `ip` writes several entries in one line, with backslashes between. */
const shortened = (line: string): string => (line.split('\\')[0] ?? '').trim().slice(0, 160)

/** Keeps a monitor running. Changes while it does not listen cause no lines, so each start and each end is a signal. */
export function runMonitor(
  host: HostReader,
  { kind, program, args, concerns }: Monitor,
  onSignal: OnSignal,
): { state(): SourceState; close(): void } {
  let ok = true
  let how = `\`${[program, ...args].join(' ')}\``
  let wait = firstWaitMs
  let timer: NodeJS.Timeout | undefined
  let running: { stop(): void } | undefined
  const started = `${program} listens`

  const start = (): void => {
    const since = Date.now()
    running = host.follow(
      { program, args },
      (line) => {
        if (concerns(line)) onSignal({ kind, detail: shortened(line) })
      },
      (why) => {
        clearTimeout(timer)
        running = undefined
        ok = false
        how = `${program}: ${why}`
        wait = Date.now() - since >= stableAfterMs ? firstWaitMs : Math.min(wait * 2, maxWaitMs)
        timer = setTimeout(start, wait)
        onSignal({ kind, detail: how })
      },
    )
    timer = setTimeout(() => {
      ok = true
      how = `\`${[program, ...args].join(' ')}\``
      onSignal({ kind, detail: started })
    }, startDelayMs)
  }
  start()
  return {
    state: () => ({ kind, ok, how }),
    close: () => {
      clearTimeout(timer)
      running?.stop()
    },
  }
}

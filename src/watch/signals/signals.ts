import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import { hostPlaces } from '../../reconciler/engine/host-places.ts'
import { RecordsSignal } from '../../state/redis/records-signal.ts'
import { Inotify } from './inotify.ts'
import { linkMonitor, mountMonitor, runMonitor } from './monitors.ts'
import type { OnSignal, SourceState } from './signal.ts'
import { Supervisors } from './supervisors.ts'
import { readWatchedPaths } from './watched-paths.ts'

export interface SignalsOptions {
  readonly paths: Paths
  readonly reader: HostReader
  /** URL of the Redis server; default: that of the instance. */
  readonly redisUrl?: string
}

export interface Signals {
  /** Call it after an observation: watches the objects that exist now. */
  sync(): Promise<void>
  /** Which sources work, and how. */
  sources(): readonly SourceState[]
  close(): Promise<void>
}

/** Interval of signals in place of a source that does not work. Milliseconds. */
const fallbackIntervalMs = 5000

/**
 * Opens all sources of signals for one instance. Call `sync` once before relying on them. Changes by HeroPods itself also cause signals; the
 * reconcile then finds nothing. A source that does not work raises nothing: `sources` reports it, and a signal every 5 s replaces it.
 */
export async function openSignals({ paths, reader, redisUrl }: SignalsOptions, onSignal: OnSignal): Promise<Signals> {
  const cgroups = await reader.cgroups()
  const places = await hostPlaces({ host: reader, paths })
  const inotify = new Inotify(reader, onSignal)
  const supervisors = new Supervisors(reader, cgroups, onSignal)
  const records = new RecordsSignal(
    { host: reader, paths, ...(redisUrl !== undefined && { url: redisUrl }) },
    (detail) => onSignal({ kind: 'records', detail }),
  )
  const rules = await places.ruleMonitor()
  const monitors = [
    linkMonitor,
    mountMonitor(paths, places),
    ...(typeof rules === 'string' ? [] : [{ kind: 'rules' as const, ...rules }]),
  ].map((one) => runMonitor(reader, one, onSignal))
  const sources = (): readonly SourceState[] => [
    ...(['exit', 'files', 'limits', 'kernel'] as const).map((kind) => ({
      kind,
      ok: inotify.failure === undefined,
      how: inotify.failure ?? 'inotify',
    })),
    { kind: 'process', ok: true, how: 'the list of conmons is read every 100 ms' },
    { kind: 'records', ...records.state() },
    ...monitors.map((one) => one.state()),
    ...(typeof rules === 'string' ? [{ kind: 'rules' as const, ok: false, how: rules }] : []),
  ]
  const instead = setInterval(() => {
    for (const { kind, ok, how } of sources()) if (!ok) onSignal({ kind, detail: `${how}: periodic check` })
  }, fallbackIntervalMs)
  instead.unref()
  return {
    async sync() {
      const containers = await places.containers()
      supervisors.sync(
        new Map(containers.flatMap(({ address, conmon }) => (conmon === undefined ? [] : [[conmon, address]]))),
      )
      const fresh = await inotify.sync(await readWatchedPaths(reader, paths, places, cgroups, containers))
      if (fresh) onSignal({ kind: 'files', detail: `${inotify.size} paths are watched` })
      void records.connect()
    },
    sources,
    async close() {
      clearInterval(instead)
      inotify.close()
      supervisors.close()
      records.close()
      for (const one of monitors) one.close()
    },
  }
}

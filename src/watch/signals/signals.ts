import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import { findProgram } from '../../host/requirements.ts'
import { hostPlaces } from '../../reconciler/engine/host-places.ts'
import { RecordsSignal } from '../../state/redis/records-signal.ts'
import { Inotify } from './inotify.ts'
import { keepMonitor, linkMonitor, mountMonitor, rulesMonitor } from './monitors.ts'
import { readPlaces } from './places.ts'
import type { OnSignal, SourceState } from './signal.ts'
import { Supervisors } from './supervisors.ts'

export interface SignalsOptions {
  readonly paths: Paths
  readonly reader: HostReader
  /** URL of the records' server; default: the instance's own. */
  readonly redisUrl?: string
}

export interface Signals {
  /** After each look: takes what now stands on the host for what is to be watched. */
  sync(): Promise<void>
  /** Which sources work, and how. */
  sources(): readonly SourceState[]
  close(): Promise<void>
}

/** Milliseconds between looks for what a source that does not work would tell. */
const withoutSource = 5000

/**
 * Opens every source of "look again" for one instance; `sync` is to be called once before drift is told. Signals come for what HeroPods
 * itself does, too: whoever looks then finds nothing. Nothing is raised for a source that does not work: it is told by `sources`, and
 * a signal comes in its place every 5 s.
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
  const noRules = await whyNoRules(reader)
  const monitors = [linkMonitor, mountMonitor(paths, places), ...(noRules === undefined ? [rulesMonitor] : [])].map(
    (one) => keepMonitor(reader, one, onSignal),
  )
  const sources = (): readonly SourceState[] => [
    ...(['exit', 'files', 'limits', 'kernel'] as const).map((kind) => ({
      kind,
      ok: inotify.failure === undefined,
      how: inotify.failure ?? 'inotify',
    })),
    { kind: 'process', ok: true, how: 'the list of conmons is read every 100 ms' },
    { kind: 'records', ...records.state() },
    ...monitors.map((one) => one.state()),
    ...(noRules === undefined ? [] : [{ kind: 'rules' as const, ok: false, how: noRules }]),
  ]
  const instead = setInterval(() => {
    for (const { kind, ok, how } of sources()) if (!ok) onSignal({ kind, detail: `${how}: periodic look` })
  }, withoutSource)
  instead.unref()
  return {
    async sync() {
      const containers = await places.containers()
      supervisors.sync(
        new Map(containers.flatMap(({ address, conmon }) => (conmon === undefined ? [] : [[conmon, address]]))),
      )
      const fresh = await inotify.sync(await readPlaces(reader, paths, places, cgroups, containers))
      if (fresh) onSignal({ kind: 'files', detail: `${inotify.size} places are watched` })
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

/** Why changed rules cannot be told of; undefined: they can. The older kind of iptables has no events. */
async function whyNoRules(reader: HostReader): Promise<string | undefined> {
  if ((await findProgram(reader, 'nft')) === undefined) return 'no nft'
  const { stdout } = await reader.query({ program: 'iptables-save', args: ['--version'] })
  return stdout.includes('nf_tables') ? undefined : 'iptables is of the legacy kind'
}

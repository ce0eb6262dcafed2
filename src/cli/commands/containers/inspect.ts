import { ExitCode, refusedError } from '../../../model/errors.ts'
import { type InstanceEvent, newestEventsOf } from '../../../model/event.ts'
import { redactedText } from '../../../model/tokens.ts'
import { mapStrings } from '../../../model/values/map-strings.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { containersByNames, containerView, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { imageConfigOf } from '../../image-config-of.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** The most events of the instance that are read, and the most that are shown of one container. */
const [maxEventsRead, maxEventsShown] = [10_000, 10]

export interface InspectOptions extends CommonOptions {
  /** Print the values of environment variables. */
  readonly showValues?: boolean
  /** Print config.json of the last run. */
  readonly oci?: boolean
}

/** In place of the value of a variable, which is often a password. */
const hidden = '(hidden: --show-values prints it)'

/** `heropods inspect`: prints state, spec and paths of containers as JSON. Raises `unknown-container`, `ambiguous-name` (refused). */
export async function inspect(names: readonly string[], options: InspectOptions): Promise<number> {
  const terminal = openTerminal()
  const containers = await withEngine(options, async (engine) => {
    const named = containersByNames(ownedContainers(await engine.observe()), names)
    if (options.oci) return Promise.all(named.map((one) => bundleOf(engine, one, options.showValues ?? false)))
    const events = await recordedEvents(options)
    return Promise.all(named.map((one) => details(engine, one, { events, showValues: options.showValues ?? false })))
  })
  const redacted = mapStrings(options.oci ? ociDocument(containers) : { containers }, redactedText)
  terminal.print(JSON.stringify(redacted, undefined, 2))
  return ExitCode.done
}

/** One config.json as it is; of several containers an array. */
const ociDocument = (bundles: readonly object[]): object => (bundles.length === 1 ? (bundles[0] ?? {}) : bundles)

/** config.json of the last run. Raises `needs-apply` (refused). */
async function bundleOf(engine: Engine, { address }: OwnedContainer, showValues: boolean): Promise<object> {
  const bundle = await engine.bundle(address)
  if (bundle === undefined)
    throw refusedError({
      code: 'needs-apply',
      message: `${address} has no config.json: it has not run since the host was booted.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  if (showValues) return bundle
  const env = bundle.process.env.map((line) => `${line.slice(0, line.indexOf('='))}=${hidden}`)
  return { ...bundle, process: { ...bundle.process, env } }
}

/** The events of the instance, oldest first; undefined: they cannot be read without the start of a server. */
async function recordedEvents({ instance }: CommonOptions): Promise<readonly InstanceEvent[] | undefined> {
  const store = await openEvents({ host: localHost, ...(instance !== undefined && { instance }) }).catch(
    () => undefined,
  )
  const events = await store?.events({ limit: maxEventsRead }).catch(() => undefined)
  await store?.close()
  return events
}

async function details(
  engine: Engine,
  container: OwnedContainer,
  { events, showValues }: { readonly events: readonly InstanceEvent[] | undefined; readonly showValues: boolean },
): Promise<object> {
  const { address, actual } = container
  const { files = [], ...spec } = container.spec ?? {}
  const { logEnd: _, ...places } = await engine.details(address, actual.id)
  const environment = container.spec?.environment ?? {}
  const { Labels = {}, ExposedPorts = [] } = await imageConfigOf(engine, container)
  const shown = showValues ? environment : Object.fromEntries(Object.keys(environment).map((name) => [name, hidden]))
  return {
    ...containerView(container),
    incarnation: actual.run,
    runtimeId: actual.id ?? null,
    imageConfig: { labels: Labels, exposedPorts: ExposedPorts },
    ...places,
    ...(events && { events: newestEventsOf(events, address, maxEventsShown) }),
    spec: { ...spec, ...(container.spec && { environment: shown }) },
    files: files.map(({ kind, name, target, mode }) => ({ kind, name, target, mode })),
  }
}

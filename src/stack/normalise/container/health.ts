import type { Container } from '../../../generated/stack-file.ts'
import type { Resource, ResourceOf } from '../../../model/desired.ts'
import type { ContainerSpec, HealthCheck, HealthProbe, HealthTimes } from '../../../model/kinds/container.ts'
import { type ResourceAddress, sharedContainer } from '../../../model/resource-address.ts'
import { parseDuration } from '../../../model/values/units.ts'
import type { Problems } from '../../check/problem.ts'
import { type Context, collectError } from '../context.ts'

type Declared = NonNullable<Container['healthcheck']>

/** The defaults of Compose, milliseconds. */
const standard = { interval: 30_000, timeout: 30_000, start_period: 0, start_interval: 5000 } as const
/** The longest time, milliseconds. A longer one is a mistake, and too long for a timer. */
const maxDurationMs = 86_400_000
const defaultRetries = 3
const healthyStatus = { from: 200, to: 399 }
const defaultRestartLimit = 3
const defaultRestartWindowMs = 600_000

type Health = Pick<ContainerSpec, 'healthcheck' | 'on_unhealthy'>

/** The health check of a container, with `on_unhealthy`. */
export function normaliseHealth(context: Context, key: string, container: Container): Health {
  const { healthcheck: declared, on_unhealthy: reaction } = container
  const path = ['containers', key]
  const healthcheck = declared && check(context, [...path, 'healthcheck'], declared)
  return {
    ...(healthcheck && { healthcheck }),
    ...(reaction?.action === 'restart' && {
      on_unhealthy: {
        action: 'restart',
        limit: reaction.limit ?? defaultRestartLimit,
        window: duration(context, [...path, 'on_unhealthy', 'window'], reaction.window, defaultRestartWindowMs),
      },
    }),
  }
}

function check(context: Context, path: readonly string[], declared: Declared): ContainerSpec['healthcheck'] {
  if (declared.disable) return { disable: true }
  const ways = (['test', 'http', 'tcp'] as const).filter((way) => declared[way] !== undefined)
  if (ways.length !== 1) {
    context.problems.add(
      'bad-healthcheck',
      ways[1] === undefined ? path : [...path, ways[1]],
      `\`${path.join('.')}\` has ${ways.length === 0 ? 'none of `test`, `http` and `tcp`' : ways.map((way) => `\`${way}\``).join(' and ')}.`,
      'Set exactly one of them.',
      true,
    )
    return undefined
  }
  const way = probe(context, path, declared)
  return way && ('disable' in way ? way : ({ ...way, ...times(context, path, declared) } satisfies HealthCheck))
}

function probe(
  context: Context,
  field: readonly string[],
  { test, http, tcp }: Declared,
): HealthProbe | { disable: true } | undefined {
  if (tcp !== undefined) return { tcp }
  if (http !== undefined) {
    const { port, path = '/', scheme = 'http' } = http
    return { http: { port, path, scheme, status: statusRange(context, [...field, 'http', 'status'], http.status) } }
  }
  if (typeof test === 'string') return { test: ['CMD-SHELL', test] }
  const [kind, ...words] = (test ?? []).map(String)
  if (kind === 'NONE' && words.length === 0) return { disable: true }
  if (kind === 'CMD' && words.length > 0) return { test: ['CMD', ...words] }
  if (kind === 'CMD-SHELL' && words.length === 1) return { test: ['CMD-SHELL', ...words] }
  context.problems.add(
    'bad-healthcheck',
    [...field, 'test'],
    `\`${field.join('.')}.test\` is [${[kind, ...words].join(', ')}], which has no command.`,
    'Write `[CMD, PROGRAM, ARGUMENT ...]`, `[CMD-SHELL, "LINE"]`, `[NONE]`, or one line as a string.',
  )
  return undefined
}

function statusRange(context: Context, path: readonly string[], declared: string | number | undefined) {
  if (declared === undefined) return healthyStatus
  const [from = 0, to = from] = String(declared).split('-').map(Number)
  if (from > to)
    context.problems.add(
      'bad-healthcheck',
      path,
      `\`${path.join('.')}\` is ${declared}, which ends before it begins.`,
      'Write e.g. `200-399`.',
    )
  return { from, to }
}

function times(context: Context, path: readonly string[], declared: Declared): HealthTimes {
  const time = (name: keyof typeof standard): number =>
    duration(context, [...path, name], declared[name], standard[name])
  const found = {
    interval: time('interval'),
    timeout: time('timeout'),
    retries: declared.retries ?? defaultRetries,
    start_period: time('start_period'),
    start_interval: time('start_interval'),
  }
  for (const name of ['interval', 'timeout', 'start_interval'] as const) {
    if (declared[name] !== undefined && found[name] === 0)
      context.problems.add(
        'bad-duration',
        [...path, name],
        `\`${[...path, name].join('.')}\` is zero.`,
        'Write 1s or more, or remove it to use the default.',
      )
  }
  return found
}

function duration(
  context: Context,
  path: readonly string[],
  declared: string | number | undefined,
  otherwise: number,
): number {
  if (declared === undefined) return otherwise
  return collectError(
    context,
    'bad-duration',
    path,
    otherwise,
    () => {
      const time = parseDuration(declared)
      if (time > maxDurationMs) throw new Error(`${declared} is more than a day`)
      return time
    },
    'Write e.g. `30s` or `5m`.',
  )
}

/** Refuses checks that cannot work, and dependencies on the health of a container without a check. */
export function checkHealth(resources: ReadonlyMap<ResourceAddress, Resource>, problems: Problems): void {
  const reported = new Set<string>()
  for (const { spec } of containersOf(resources)) {
    if (reported.has(spec.service)) continue
    reported.add(spec.service)
    reportUnreachable(spec, resources, problems)
    for (const { container, condition } of spec.depends_on)
      if (condition === 'service_healthy') reportUnchecked(spec, container, resources, problems)
  }
}

type OfContainer = ResourceOf<'container'>

const containersOf = (resources: ReadonlyMap<ResourceAddress, Resource>): readonly OfContainer[] =>
  [...resources.values()].filter((one): one is OfContainer => one.kind === 'container')

function reportUnreachable(
  spec: ContainerSpec,
  resources: ReadonlyMap<ResourceAddress, Resource>,
  problems: Problems,
): void {
  const { service, healthcheck } = spec
  const way = healthcheck && ('http' in healthcheck ? 'http' : 'tcp' in healthcheck ? 'tcp' : undefined)
  if (way === undefined || !withoutNetwork(spec, resources)) return
  problems.add(
    'bad-healthcheck',
    ['containers', service, 'healthcheck', way],
    `"${service}" has no network on which \`${way}\` could reach it.`,
    'Check it from inside with `test`, or add a network.',
    true,
  )
}

/** True if a container, or the container whose network it shares, has no network. */
function withoutNetwork({ network_mode }: ContainerSpec, resources: ReadonlyMap<ResourceAddress, Resource>): boolean {
  const shared = sharedContainer(network_mode)
  const other = shared && resources.get(shared)
  return other?.kind === 'container' ? withoutNetwork(other.spec, resources) : network_mode === 'none'
}

function reportUnchecked(
  { service }: ContainerSpec,
  container: ResourceAddress,
  resources: ReadonlyMap<ResourceAddress, Resource>,
  problems: Problems,
): void {
  const other = resources.get(container)
  if (other?.kind !== 'container') return
  const { healthcheck, image, service: name } = other.spec
  const source = resources.get(image)
  // An image of a registry may have a check; a built-in image or a root file system has none.
  const mayHave = source?.kind !== 'image' || source.spec.source.type === 'ref'
  if (healthcheck === undefined ? mayHave : !('disable' in healthcheck)) return
  problems.add(
    'no-healthcheck',
    ['containers', service, 'depends_on', name, 'condition'],
    `"${service}" waits for "${name}" to be healthy, and "${name}" has no health check.`,
    `Add a \`healthcheck\` to "${name}", or wait for \`service_started\`.`,
  )
}

import { parseAddress } from '../../model/address.ts'
import type { Change } from '../../model/change.ts'
import type { ContainerSpec, Mount } from '../../model/kinds/container.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import type { NetworkSpec, PublishedPort } from '../../model/kinds/network.ts'
import type { MakingStep, Plan } from '../../model/plan.ts'
import { redactedForPeople, referencedAddresses } from '../../model/tokens.ts'
import { contentSummary, readableText } from '../../model/values/content.ts'
import { mapStrings } from '../../model/values/map-strings.ts'
import { visibleLine } from '../../model/values/visible.ts'
import { hostAccess } from '../../providers/linux/container/host-access.ts'

const longest = 100
const unknown = 'known after apply'

/** A value whose texts may be shown: sensitive parts hidden, references that are not filled in named as such. Pure. */
export const showable = <T>(value: T): T =>
  mapStrings(value, (text) =>
    referencedAddresses(text).length > 0 ? `(${unknown})` : redactedForPeople(contentSummary(text) ?? text),
  )

/** A value of a plan for people, in one line. Pure. */
export function describeValue(value: unknown): string {
  if (value === undefined) return '(none)'
  const shown = showable(value)
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
  return visibleLine(text.length > longest ? `${text.slice(0, longest)}...` : text)
}

/** Path of a change in the words of the stack language: `/environment/PORT` is `environment.PORT`. */
export const describePath = (path: string): string =>
  visibleLine(
    path
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.'),
  )

/** Changes worth a line of their own: rules and files that follow from others are summed up. Pure. */
export function describeChanges(changes: readonly Change[]): readonly Change[] {
  const isDerived = (change: Change): boolean => /^\/(members|hosts)(\/|$)/.test(change.path)
  const rest = changes.filter((change) => !isDerived(change)).map(changedLines)
  if (rest.length === changes.length) return rest
  return [
    ...rest,
    { path: '/members', before: undefined, after: 'names and published ports of its containers', class: 'live' },
  ]
}

/** Of a text of several lines, those from the first that differs to the last. */
function changedLines(change: Change): Change {
  const [before, after] = [change.before, change.after].map((value) =>
    typeof value === 'string' ? readableText(value)?.split('\n') : undefined,
  )
  if (before === undefined || after === undefined)
    return { ...change, before: before?.join('\n') ?? change.before, after: after?.join('\n') ?? change.after }
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const part = (lines: readonly string[]): string | undefined =>
    lines.length - end > start ? lines.slice(start, lines.length - end).join('\n') : undefined
  return { ...change, path: `${change.path}, line ${start + 1}`, before: part(before), after: part(after) }
}

/** The fields of a new object that tell its reader most. Pure. */
export function describeNew(step: MakingStep): readonly (readonly [string, string])[] {
  return fieldsOf(step)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, describeValue(value)] as const)
}

function fieldsOf(step: MakingStep): readonly [string, unknown][] {
  switch (step.kind) {
    case 'network':
      return network(step.spec)
    case 'image':
      return image(step.spec)
    case 'volume':
      return [['protect', step.spec.protect || undefined]]
    case 'container':
      return container(step.spec)
  }
}

const network = (spec: NetworkSpec): [string, unknown][] => [
  ['subnet', spec.subnet],
  ['gateway', spec.gateway],
  ['internal', spec.internal || undefined],
]

const image = ({ source, digest, pull_policy }: ImageSpec): [string, unknown][] => [
  ['from', source.type === 'ref' ? source.ref : source.type === 'archive' ? source.path : `built-in ${source.name}`],
  ['digest', digest ?? `(${unknown})`],
  ['pull_policy', pull_policy === 'missing' ? undefined : pull_policy],
]

const container = (spec: ContainerSpec): [string, unknown][] => [
  ['image', parseAddress(spec.image).name],
  ['command', [...(spec.entrypoint ?? []), ...(spec.command ?? [])].join(' ') || undefined],
  [
    'network',
    spec.networks.map((one) => `${parseAddress(one.network).name} ${one.ipv4_address}`.trim()).join(', ') ||
      spec.network_mode,
  ],
  ['ports', spec.ports.map(portText).join(', ') || undefined],
  ['mounts', spec.mounts.map(mountText).join(', ') || undefined],
  ['files', spec.files.map((file) => `${file.kind} ${file.name} -> ${file.target}`).join(', ') || undefined],
  ['environment', Object.keys(spec.environment).join(', ') || undefined],
  ['user', spec.user],
  ['limits', limitsText(spec)],
  ['healthcheck', healthText(spec)],
  ['restart', spec.restart.policy === 'no' ? undefined : spec.restart.policy],
  ['cap_add', spec.cap_add.join(', ') || undefined],
  ['devices', spec.devices.map((device) => device.source).join(', ') || undefined],
  ['seccomp', spec.seccomp === 'default' ? undefined : spec.seccomp],
  ['privileged', spec.privileged || undefined],
]

function healthText({ healthcheck }: ContainerSpec): string | undefined {
  if (healthcheck === undefined) return undefined
  if ('disable' in healthcheck) return 'none'
  const every = `every ${healthcheck.interval / 1000}s`
  if ('tcp' in healthcheck) return `tcp ${healthcheck.tcp} ${every}`
  if ('test' in healthcheck) return `${healthcheck.test.slice(1).join(' ')} ${every}`
  const { scheme, port, path } = healthcheck.http
  return `${scheme} ${port}${path} ${every}`
}

function mountText(mount: Mount): string {
  const readOnly = 'read_only' in mount && mount.read_only ? ' (read-only)' : ''
  if (mount.type === 'bind') return `${mount.source} -> ${mount.target}${readOnly}`
  if (mount.type === 'volume') return `${parseAddress(mount.volume).name} -> ${mount.target}${readOnly}`
  return `${mount.type} ${mount.target}`
}

const limitsText = (spec: ContainerSpec): string | undefined =>
  [
    ...(spec.mem_limit > 0 ? [`${Math.round(spec.mem_limit / 2 ** 20)} MiB`] : []),
    ...(spec.cpu_quota > 0 ? [`${spec.cpu_quota / (spec.cpu_period || 100_000)} CPUs`] : []),
    ...(spec.pids_limit > 0 ? [`${spec.pids_limit} processes`] : []),
  ].join(', ') || undefined

export const portText = (port: PublishedPort): string =>
  `${port.host_ip}:${port.published}->${port.target}/${port.protocol}`

/** Binds by which containers reach the host itself after this plan, of what it makes or changes. Pure. */
export const reachingTheHost = (plan: Plan): readonly string[] =>
  plan.steps.flatMap((step) =>
    step.kind !== 'container' || step.action === 'delete' || step.spec === undefined
      ? []
      : hostAccess(step.spec).map((text) => `${step.address} ${text}`),
  )

/** Published ports that the world can reach after this plan, of what it makes or changes. Pure. */
export function worldReachable(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) => {
    if (step.kind !== 'container' || step.action === 'delete') return []
    return (step.spec?.ports ?? [])
      .filter((port) => !port.host_ip.startsWith('127.'))
      .map((port) => `${step.address} ${portText(port)}`)
  })
}

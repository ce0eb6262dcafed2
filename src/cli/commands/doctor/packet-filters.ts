import { type Check, passed, problem, warning } from './check.ts'

/** Settings of the kernel that drop packets of containers. */
export interface BridgedPackets {
  /** The setting `net.bridge.bridge-nf-call-iptables`: packets between ports of one bridge pass iptables. */
  readonly filtered: boolean
  /** Output of `iptables-save`. */
  readonly rules: string
}

const dropsAll = /^-A FORWARD -j (DROP|REJECT)\b/
const isOurs = /^-A FORWARD\b.* -j HEROPODS-/

/** Checks if packets between containers of one network reach the rules of HeroPods. Pure. */
export function checkBridgedPackets({ filtered, rules }: BridgedPackets): Check {
  const name = 'br_netfilter'
  if (!filtered) return passed(name, 'packets within a network do not pass iptables')
  const table = filterTable(rules)
  const forward = table.split('\n').filter((line) => line.startsWith('-A FORWARD '))
  const drop = forward.findIndex((line) => dropsAll.test(line))
  const ours = forward.filter((line) => isOurs.test(line))
  const late = drop === -1 ? [] : forward.slice(drop).filter((line) => isOurs.test(line))
  if (ours.length === 0 && (drop !== -1 || /^:FORWARD DROP/m.test(table)))
    return problem(
      name,
      dropped(''),
      '`heropods doctor --repair` restores the rules that accept them. If no other program needs the setting, `sysctl -w net.bridge.bridge-nf-call-iptables=0` turns it off.',
    )
  if (late.length === 0) return passed(name, 'iptables accepts packets within a network')
  return problem(
    name,
    dropped(' before the rules of HeroPods'),
    `Move the rules of HeroPods to the front: \`${late.map(toFront).join(' && ')}\`.`,
  )
}

const dropped = (place: string): string =>
  `packets within a network pass iptables (net.bridge.bridge-nf-call-iptables = 1), whose chain FORWARD drops them${place}: containers of one network cannot reach each other`

const toFront = (rule: string): string =>
  ['-D', '-I'].map((option) => `iptables ${rule.replace('-A', option)}`).join(' && ')

const filterTable = (saved: string): string =>
  saved.split(/^(?=\*)/m).find((part) => part.startsWith('*filter\n')) ?? ''

/** A default route of the main table. */
export interface DefaultRoute {
  readonly dev: string
  readonly metric: number
}

export interface ReversePath {
  readonly routes: readonly DefaultRoute[]
  /** `ip rule` has more than the rules of the kernel: other tables may decide. */
  readonly otherRules: boolean
  /** Interfaces on which rp_filter is strict (1). */
  readonly strict: ReadonlySet<string>
}

/**
 * Checks if the kernel drops packets that clients send through a second uplink: strict rp_filter accepts a packet only on the interface
 * of the route back to its sender. Pure.
 */
export function checkReversePath({ routes, otherRules, strict }: ReversePath): Check {
  const best = routes.toSorted((left, right) => left.metric - right.metric)[0]?.dev
  const others = [...new Set(routes.map(({ dev }) => dev))].filter((dev) => dev !== best && strict.has(dev))
  if (otherRules || others.length === 0) return passed('rp_filter', 'does not drop packets of clients')
  const settings = others.map((dev) => `net.ipv4.conf.${dev.replaceAll('.', '/')}.rp_filter=2`)
  return warning(
    'rp_filter',
    `strict on ${others.join(', ')}, and the default route is through ${best}: published ports do not answer clients from elsewhere on ${others.join(', ')}`,
    `\`sysctl -w ${settings.join(' ')}\`; the same lines in a file in /etc/sysctl.d make it permanent.`,
  )
}

/** Parses `ip -json -4 route show default`; a route with several next hops counts for each. Pure. */
export function parseDefaultRoutes(text: string): readonly DefaultRoute[] {
  if (text.trim() === '') return []
  const found: unknown = JSON.parse(text)
  return Array.isArray(found) ? found.flatMap(routesOf) : []
}

function routesOf(route: { dev?: unknown; metric?: unknown; nexthops?: unknown }): readonly DefaultRoute[] {
  const metric = typeof route.metric === 'number' ? route.metric : 0
  if (typeof route.dev === 'string') return [{ dev: route.dev, metric }]
  const hops: readonly unknown[] = Array.isArray(route.nexthops) ? route.nexthops : []
  return hops.flatMap((hop) => (isDevice(hop) ? [{ dev: hop.dev, metric }] : []))
}

const isDevice = (value: unknown): value is { readonly dev: string } =>
  typeof value === 'object' && value !== null && 'dev' in value && typeof value.dev === 'string'

import type { Container, Port } from '../../../generated/stack-file.ts'
import type { PublishedPort } from '../../../model/kinds/network.ts'
import { anyAddress } from '../../../model/kinds/published-ports.ts'
import { type Context, collectError } from '../context.ts'
import { hostAddress, local } from './host-address.ts'

/** HOST:PUBLISHED:TARGET/PROTOCOL; only the target is required. `hostAddress` checks the host. */
const form = /^(?:(?:(?<host>.*):)?(?<published>\d*(?:-\d+)?):)?(?<target>\d+(?:-\d+)?)(?:\/(?<protocol>[^:]*))?$/s

/** The published ports of a container, one entry per port. Ranges are expanded, duplicates are refused. */
export function normalisePorts(context: Context, name: string, declared: readonly Port[]): readonly PublishedPort[] {
  const seen = new Map<string, PublishedPort>()
  for (const [index, port] of declared.entries()) {
    const path = ['containers', name, 'ports', index]
    const hint = 'Write `8080:80`, `127.0.0.1:8080:80`, `8000-8010:8000-8010/udp`, or the long form.'
    const address = hostOf(context, path, port)
    if (address === undefined) continue
    for (const one of collectError(context, 'bad-port', path, [], () => expand(port, address), hint)) {
      const key = `${one.host_ip}:${one.published}/${one.protocol}`
      if (seen.has(key))
        context.problems.add('bad-port', path, `The port ${key} is published twice.`, 'Remove one of them.')
      seen.set(key, one)
    }
  }
  return [...seen.values()]
}

/** The host address of a port; undefined: it is invalid, and a problem was added. */
function hostOf(context: Context, path: readonly (string | number)[], port: Port): string | undefined {
  const field = typeof port === 'object' && port.host_ip !== undefined ? [...path, 'host_ip'] : path
  const hint =
    'Remove it to use 127.0.0.1, write `public: true` for all addresses, or write one IPv4 address of the host.'
  return collectError(context, 'bad-port', field, undefined, () => hostAddress(hostText(port)), hint)
}

function hostText(port: Port): string {
  // `expand` reports a text that is not a port.
  if (typeof port !== 'object') return form.exec(String(port))?.groups?.host ?? local
  if (port.public && ![undefined, anyAddress.ipv4].includes(port.host_ip))
    throw new Error('`public` and `host_ip` contradict each other')
  return port.public ? anyAddress.ipv4 : (port.host_ip ?? local)
}

function expand(port: Port, host_ip: string): readonly PublishedPort[] {
  const { published, target, protocol } = typeof port === 'object' ? fromLong(port) : parts(String(port))
  if (published === undefined)
    throw new Error(`port ${target} has no port of the host; a port chosen at random is not yet supported`)
  const inside = range(target)
  const outside = range(published)
  if (inside.length !== outside.length) throw new Error(`${published} and ${target} are ranges of different lengths`)
  const [first = 0] = outside
  return inside.map((one, index) => ({ host_ip, published: first + index, target: one, protocol }))
}

interface PortParts {
  readonly host?: string | undefined
  readonly published: string | undefined
  readonly target: string
  readonly protocol: 'tcp' | 'udp'
}

function parts(text: string): PortParts {
  const groups = form.exec(text)?.groups
  if (groups === undefined) throw new Error(`${JSON.stringify(text)} is not a port`)
  const { host, published, target = '', protocol = 'tcp' } = groups
  return { host, published: published || undefined, target, protocol: protocolOf(text, protocol) }
}

/** The protocol, in upper or lower case as in Compose. */
function protocolOf(text: string, declared: string): 'tcp' | 'udp' {
  const protocol = declared.toLowerCase()
  if (protocol === 'tcp' || protocol === 'udp') return protocol
  const shown = JSON.stringify(text)
  if (protocol === '') throw new Error(`${shown} has nothing after its \`/\``)
  throw new Error(`the protocol ${JSON.stringify(declared)} of ${shown} is neither tcp nor udp`)
}

const fromLong = ({ published, target, protocol }: Exclude<Port, string | number>): PortParts => ({
  published: published === undefined ? undefined : String(published),
  target: String(target),
  protocol: protocol ?? 'tcp',
})

const exposedForm = /^(?<port>\d+(?:-\d+)?)(?:\/(?:tcp|udp))?$/i

/** The ports of `expose`. */
export function normaliseExpose(context: Context, name: string, declared: Container['expose'] = []): readonly string[] {
  for (const [index, one] of declared.entries())
    collectError(
      context,
      'bad-port',
      ['containers', name, 'expose', index],
      undefined,
      () => void range(exposedForm.exec(String(one))?.groups?.port ?? String(one)),
      'Write `80`, `8000-8010` or `53/udp`.',
    )
  return declared.map((one) => String(one).toLowerCase())
}

const maxPort = 65535
const maxPorts = 1023

function range(text: string): readonly number[] {
  const [from = 0, to = from] = text.split('-').map(Number)
  if (!/^\d+(-\d+)?$/.test(text) || from < 1 || to > maxPort)
    throw new Error(`${JSON.stringify(text)} is not a port between 1 and ${maxPort}`)
  if (to < from) throw new Error(`the range ${text} ends before it begins`)
  if (to - from >= maxPorts) throw new Error(`the range ${text} has more than ${maxPorts} ports`)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

import type { Port } from '../../generated/stack-file.ts'
import type { PublishedPort } from '../../providers/network/spec.ts'
import { type Context, told } from './context.ts'

const local = '127.0.0.1'
const everywhere = '0.0.0.0'
const form =
  /^(?:(?<host>\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):)?(?:(?<published>\d+(?:-\d+)?):)?(?<target>\d+(?:-\d+)?)(?:\/(?<protocol>tcp|udp))?$/

/** Published ports of a container, one entry a port; ranges are expanded, doubles refused. */
export function normalisePorts(context: Context, name: string, stated: readonly Port[]): readonly PublishedPort[] {
  const seen = new Map<string, PublishedPort>()
  for (const [index, port] of stated.entries()) {
    const path = ['containers', name, 'ports', index]
    const hint = 'Write `8080:80`, `127.0.0.1:8080:80`, `8000-8010:8000-8010/udp`, or the long form.'
    for (const one of told(context, 'bad-port', path, [], () => expand(port), hint)) {
      const key = `${one.host_ip}:${one.published}/${one.protocol}`
      if (seen.has(key))
        context.problems.add('bad-port', path, `The port ${key} is published twice.`, 'Keep one of them.')
      seen.set(key, one)
    }
  }
  return [...seen.values()]
}

function expand(port: Port): readonly PublishedPort[] {
  const { host_ip, published, target, protocol } = typeof port === 'object' ? fromLong(port) : fromShort(String(port))
  if (published === undefined)
    throw new Error(`port ${target} has no port of the host; a port chosen at random is not yet supported`)
  const inside = range(target)
  const outside = range(published)
  if (inside.length !== outside.length) throw new Error(`${published} and ${target} are ranges of different lengths`)
  return inside.map((one, index) => ({ host_ip, published: outside[index] as number, target: one, protocol }))
}

interface Stated {
  readonly host_ip: string
  readonly published: string | undefined
  readonly target: string
  readonly protocol: 'tcp' | 'udp'
}

function fromShort(text: string): Stated {
  const groups = form.exec(text)?.groups
  if (groups === undefined) throw new Error(`"${text}" is no port`)
  if (groups.host?.startsWith('[')) throw new Error('IPv6 addresses of the host are not yet supported')
  const { host, published, target = '', protocol } = groups
  return { host_ip: host ?? local, published, target, protocol: (protocol ?? 'tcp') as 'tcp' | 'udp' }
}

function fromLong(port: Exclude<Port, string | number>): Stated {
  if (port.public && port.host_ip !== undefined && port.host_ip !== everywhere)
    throw new Error('`public` and `host_ip` contradict each other')
  return {
    host_ip: port.public ? everywhere : (port.host_ip ?? local),
    published: port.published === undefined ? undefined : String(port.published),
    target: String(port.target),
    protocol: port.protocol ?? 'tcp',
  }
}

const highest = 65535
const mostPorts = 1023

function range(text: string): readonly number[] {
  const [from = 0, to = from] = text.split('-').map(Number)
  if (!/^\d+(-\d+)?$/.test(text) || from < 1 || to > highest)
    throw new Error(`"${text}" is no port between 1 and ${highest}`)
  if (to < from) throw new Error(`the range ${text} runs backwards`)
  if (to - from >= mostPorts) throw new Error(`the range ${text} holds more than ${mostPorts} ports`)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

import { anyAddress } from '../../../../model/kinds/published-ports.ts'
import type { ReadContext } from '../../../provider.ts'

export interface Listener {
  readonly host_ip: string
  readonly published: number
  readonly protocol: 'tcp' | 'udp'
}

const [listening, unconnected] = ['0A', '07']

/** Listening sockets of this network namespace, IPv4 and dual-stack IPv6. Read from /proc/net, without a command (proc(5)). */
export const readListeners = (read: ReadContext): Promise<readonly Listener[]> =>
  read.once('listeners', async () => {
    const tables = (['tcp', 'udp'] as const).flatMap((protocol) =>
      [protocol, `${protocol}6`].map((file) => ({ protocol, file })),
    )
    const found = await Promise.all(
      tables.map(async ({ protocol, file }) =>
        parseSockets((await read.host.readFile(`/proc/net/${file}`)) ?? '', protocol),
      ),
    )
    return found.flat()
  })

/** The listening sockets of one table. Pure. */
export function parseSockets(text: string, protocol: 'tcp' | 'udp'): readonly Listener[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line): readonly Listener[] => {
      const [, local = '', , state] = line.trim().split(/\s+/)
      const [address = '', port = ''] = local.split(':')
      if (state !== (protocol === 'tcp' ? listening : unconnected)) return []
      const host_ip = parseAddress(address)
      return host_ip === undefined ? [] : [{ host_ip, published: Number.parseInt(port, 16), protocol }]
    })
}

/** Parses an address of /proc/net: words of four bytes in the byte order of the machine. undefined: IPv4 cannot reach it. */
function parseAddress(hex: string): string | undefined {
  const word = (text: string): string =>
    (text.match(/../g) ?? [])
      .reverse()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.')
  if (hex.length === 8) return word(hex)
  if (/^0+$/.test(hex)) return anyAddress.ipv4
  // IPv4-mapped (RFC 4291, 2.5.5.2).
  return hex.startsWith('0000000000000000FFFF0000') ? word(hex.slice(24)) : undefined
}

/** Name and pid of the process that listens on a port, as far as `ss` shows them. */
export async function listenerName(read: ReadContext, { published, protocol }: Listener): Promise<string> {
  const { stdout } = await read.host.query({
    program: 'ss',
    args: ['--no-header', '--numeric', '--listening', `--${protocol}`, '--processes', `sport = :${published}`],
  })
  const process = /\("([^"]+)",pid=(\d+)/.exec(stdout)
  return process ? `${process[1]} (pid ${process[2]})` : 'another process'
}

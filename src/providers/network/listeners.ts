import type { ReadContext } from '../provider.ts'

export interface Listener {
  readonly host_ip: string
  readonly published: number
  readonly protocol: 'tcp' | 'udp'
  /** Name and pid where they can be told. */
  readonly process: string
}

/** Sockets that listen in this network namespace, IPv4 and dual-stack IPv6. */
export const readListeners = (read: ReadContext): Promise<readonly Listener[]> =>
  read.once('listeners', async () => {
    const { stdout } = await read.host.query({
      program: 'ss',
      args: ['--no-header', '--numeric', '--listening', '--tcp', '--udp', '--processes'],
    })
    return stdout.split('\n').flatMap((line) => parseListener(line) ?? [])
  })

/** One line of ss(8); undefined: an address that no published port can clash with. */
export function parseListener(line: string): Listener | undefined {
  const match = /^(tcp|udp)\s+\S+\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+\s*(.*)$/.exec(line)
  if (!match) return undefined
  const [, protocol, local = '', port, users = ''] = match
  const ip = local
    .replace(/%.*$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/, '')
  const any = ip === '*' || ip === '::' || ip === '0.0.0.0'
  if (!any && ip.includes(':')) return undefined
  const process = /\("([^"]+)",pid=(\d+)/.exec(users)
  return {
    host_ip: any ? '0.0.0.0' : ip,
    published: Number(port),
    protocol: protocol as 'tcp' | 'udp',
    process: process ? `${process[1]} (pid ${process[2]})` : 'another process',
  }
}

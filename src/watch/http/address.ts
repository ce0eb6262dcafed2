import { isIP } from 'node:net'
import { refusedError } from '../../model/errors.ts'

/** Where to listen. `host` is without brackets. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Reads `ADDR:PORT`, an IPv6 address in brackets; port 0 is any free one. Raises `bad-listen-address` (refused). */
export function parseListen(text: string): ListenAddress {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6))
    throw refusedError({
      code: 'bad-listen-address',
      message: `"${text}" is not an address to listen on.`,
      hint: 'Write ADDR:PORT, for example 127.0.0.1:9180 or [::1]:9180.',
    })
  return { host, port }
}

export const formatAddress = ({ host, port }: ListenAddress): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`

/**
 * True if a Host header names this server: an IP address, localhost, the name of this host or that of `--listen`. Another name may be one
 * of an attacker whose DNS points here, so that a page of the attacker could read the answers.
 */
export function isOwnHost(header: string | undefined, listen: string, hostname: string): boolean {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::\d+)?$/.exec(header ?? '') ?? []
  const name = (bracketed ?? plain ?? '').toLowerCase()
  return isIP(name) !== 0 || ['localhost', hostname.toLowerCase(), listen.toLowerCase()].includes(name)
}

import { HeroPodsError } from '../../../../model/errors.ts'

/** Every value that reaches a rule or a line of `ip` is one of these. What it was before is not looked at twice. */

const highestPort = 65535

export function portNumber(value: unknown): number {
  if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > highestPort)
    throw new Error(`${JSON.stringify(value)} is not a port between 1 and ${highestPort}`)
  return Number(value)
}

export function protocolName(value: unknown): 'tcp' | 'udp' {
  if (value !== 'tcp' && value !== 'udp') throw new Error(`${JSON.stringify(value)} is neither tcp nor udp`)
  return value
}

/** A bridge of ours. The kernel takes 15 characters; `+` would be a wildcard to iptables. */
export function interfaceName(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,14}$/.test(value))
    throw new Error(`${JSON.stringify(value)} is not a name of an interface`)
  return value
}

/**
 * The last line of defence before a line reaches iptables-restore or `ip -batch`: these characters can neither end it nor quote nor begin a
 * comment. Values are parsed long before.
 */
export function safeLine(line: string): string {
  if (/^[\w .:/!+,@~-]+$/.test(line)) return line
  throw new HeroPodsError({
    code: 'unsafe-value',
    message: `${JSON.stringify(line.slice(0, 200))} is not written to the host: it holds characters that no rule or link needs.`,
    hint: 'Look at the records of the networks; `heropods apply` writes them anew.',
  })
}

/** Values of records, checked before they become part of a rule. */

const maxPort = 65535

export function portNumber(value: unknown): number {
  if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > maxPort)
    throw new Error(`${JSON.stringify(value)} is not a port between 1 and ${maxPort}`)
  return Number(value)
}

export function protocolName(value: unknown): 'tcp' | 'udp' {
  if (value !== 'tcp' && value !== 'udp') throw new Error(`${JSON.stringify(value)} is neither tcp nor udp`)
  return value
}

/** The interface of a network. The kernel takes 15 characters; `+` would be a wildcard of iptables. */
export function interfaceName(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,14}$/.test(value))
    throw new Error(`${JSON.stringify(value)} is not a name of an interface`)
  return value
}

/** Number of a capability (capabilities(7)). */
export const capSysResource = 24n

/** True if a set of capabilities in the text of /proc/PID/status has this one. Pure. */
export const hasCapability = (status: string, set: 'CapEff' | 'CapBnd', capability: bigint): boolean =>
  ((capabilities(status, set) >> capability) & 1n) === 1n

/** A set of capabilities in the text of /proc/PID/status, as a mask. Pure. */
export const capabilities = (status: string, set: 'CapEff' | 'CapBnd'): bigint =>
  BigInt(`0x${new RegExp(`^${set}:\\s*(\\w+)`, 'm').exec(status)?.[1] ?? '0'}`)

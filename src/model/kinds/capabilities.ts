/** Docker's default set without MKNOD and AUDIT_WRITE. */
const byDefault = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

/** Every capability of Linux (capabilities(7)), by number. */
export const allCapabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const

/** The name of a capability without `CAP_`, in upper case. Pure. */
export const plainCapability = (name: string): string => name.toUpperCase().replace(/^CAP_/, '')

/** Capabilities of a container, as `CAP_...`: the default set without `drop`, with `add`; ALL means every capability in `bounding` (a bit mask). */
export function capabilitySet(
  add: readonly string[],
  drop: readonly string[],
  privileged: boolean,
  bounding: bigint,
): readonly string[] {
  const possible = allCapabilities.filter((_, number) => (bounding >> BigInt(number)) & 1n)
  const added = add.map(plainCapability)
  const dropped = drop.map(plainCapability)
  const start: readonly string[] = privileged ? possible : dropped.includes('ALL') ? [] : byDefault
  const remaining = start.filter((name) => !dropped.includes(name))
  const granted = new Set([
    ...remaining,
    ...(added.includes('ALL') ? possible.filter((name) => !dropped.includes(name)) : added),
  ])
  return allCapabilities.filter((name) => granted.has(name)).map((name) => `CAP_${name}`)
}

/** `process.capabilities` of OCI. */
export interface OciCapabilities {
  readonly bounding: readonly string[]
  readonly effective: readonly string[]
  readonly permitted: readonly string[]
}

/** The capability sets of an OCI process: for a user other than root none are effective, as with Docker. */
export function ociCapabilities(names: readonly string[], uid: number): OciCapabilities {
  const effective = uid === 0 ? names : []
  return { bounding: names, effective, permitted: effective }
}

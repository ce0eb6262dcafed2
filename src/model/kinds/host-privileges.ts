import { plainCapability } from './capabilities.ts'
import type { ContainerSpec } from './container.ts'

type Settings = Pick<ContainerSpec, 'privileged' | 'cap_add' | 'devices' | 'seccomp' | 'network_mode'>

/** Capabilities with which a process controls the host: docs/security.md lists them. */
const controlling: Readonly<Record<string, string>> = {
  ALL: 'all capabilities',
  DAC_READ_SEARCH: 'reads every file of the host',
  SYS_ADMIN: 'mounts file systems and administers the kernel',
  SYS_MODULE: 'loads kernel modules',
  SYS_PTRACE: 'reads the memory of other processes',
  SYS_RAWIO: 'accesses the hardware directly',
}

/** Settings by which a container gets control of the host or of a part of it, each with its effect. Bind mounts: `hostAccess`. Pure. */
export function hostPrivileges(spec: Settings): readonly string[] {
  const network =
    spec.network_mode === 'host' ? ['network_mode: host: the host’s network, with services on 127.0.0.1'] : []
  // A privileged container has all that the other settings give.
  if (spec.privileged) return ['privileged: all capabilities and devices of the host, no seccomp filter', ...network]
  return [
    ...spec.cap_add.map(plainCapability).flatMap((name) => {
      const effect = controlling[name]
      return effect === undefined ? [] : [`cap_add ${name}: ${effect}`]
    }),
    ...(spec.seccomp === 'unconfined' ? ['security_opt seccomp:unconfined: every system call of the kernel'] : []),
    ...spec.devices.map(({ source }) => `device ${source} of the host`),
    ...network,
  ]
}

import { posix } from 'node:path'
import { plainCapability } from './capabilities.ts'
import type { ContainerSpec } from './container.ts'

/** Folders whose bind mount causes a warning: those in the CIS benchmark for Docker, and those with sockets of container engines. */
const folders: Readonly<Record<string, string>> = {
  '/': 'all files of the host',
  '/boot': 'the kernel and its boot files',
  '/dev': 'the host’s devices',
  '/etc': 'the host’s settings and passwords',
  '/lib': 'the host’s programs',
  '/proc': 'the host’s processes and kernel settings',
  '/root': 'the administrator’s files',
  '/run': 'the host’s sockets, including those of container engines',
  '/sys': 'the host’s devices and kernel settings',
  '/usr': 'the host’s programs',
  '/var': 'the host’s data, and with /var/run its sockets',
  '/var/lib': 'data of the host’s services and container engines',
  '/var/run': 'the host’s sockets, including those of container engines',
}
/** For these folders, a bind mount of any path below them causes the warning too. */
const withContents = ['/proc', '/sys']
const socket = /^(docker|podman|containerd|crio|cri-dockerd|buildkitd|frakti|lxd|incus)(-debug)?\.sock(\.ttrpc)?$/
const engines = /^\/(var\/)?run\/(docker|podman|containerd|crio|buildkit|user\/\d+\/podman|heropods)(\/|$)/
const engineData = /^\/var\/lib\/(docker|containers|containerd|kubelet|lxd|incus|heropods)(\/|$)/

/** The part of the host that a container reaches through a bind mount of this path; undefined: no warning is needed. Pure. */
export function reachOf(path: string): string | undefined {
  const plain = posix.normalize(path).replace(/(?<=.)\/$/, '')
  if (socket.test(posix.basename(plain)) || engines.test(plain))
    return 'a container engine, and through it everything on the host'
  if (engineData.test(plain)) return 'a container engine’s data'
  const around = withContents.find((folder) => plain.startsWith(`${folder}/`))
  return folders[plain] ?? (around && folders[around])
}

/** Bind mounts through which a container reaches the host itself, each with the part it reaches. `follow` resolves links in a path. Pure. */
export const hostAccess = (
  spec: Pick<ContainerSpec, 'mounts'>,
  follow: (path: string) => string = (path) => path,
): readonly string[] =>
  spec.mounts.flatMap((mount) => {
    const reach = mount.type === 'bind' ? (reachOf(mount.source) ?? reachOf(follow(mount.source))) : undefined
    if (mount.type !== 'bind' || reach === undefined) return []
    return [`${mount.source} at ${mount.target}${mount.read_only ? ' (read-only)' : ''}: ${reach}`]
  })

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

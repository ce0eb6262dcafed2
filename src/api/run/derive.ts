import type { Container as ContainerFields } from '../../generated/stack-file.ts'
import type { ContainerSpec, Mount, NetworkAttachment } from '../../model/kinds/container.ts'

/** The fields of a one-off run, and their canonical form. */
export interface Given {
  readonly fields: ContainerFields
  readonly spec: ContainerSpec
}

export interface DeriveOptions {
  /** Publish the ports of the container. Default: only those of the run. */
  readonly servicePorts: boolean
}

/** Fields that replace those of the container, with their names in the canonical form. */
const replacing = {
  working_dir: ['working_dir'],
  user: ['user'],
  hostname: ['hostname'],
  dns: ['dns'],
  read_only: ['read_only'],
  init: ['init'],
  shm_size: ['shm_size'],
  mem_limit: ['mem_limit'],
  memswap_limit: ['memswap_limit'],
  cpus: ['cpu_period', 'cpu_quota'],
  cpu_shares: ['cpu_shares'],
  cpuset: ['cpuset'],
  pids_limit: ['pids_limit'],
  privileged: ['privileged'],
  security_opt: ['no_new_privileges', 'seccomp', 'apparmor'],
  stop_signal: ['stop_signal'],
  stop_grace_period: ['stop_grace_period'],
  networks: ['networks', 'network_mode'],
  network_mode: ['networks', 'network_mode'],
} as const satisfies Partial<Record<keyof ContainerFields, readonly (keyof ContainerSpec)[]>>

/**
 * The spec of a one-off container with the configuration of another one, over which the fields of the run are laid. Without its health
 * check, its restart policy, its dependencies, its fixed addresses and aliases, and its published ports. Pure.
 */
export function derivedSpec(base: ContainerSpec, given: Given, options: DeriveOptions): ContainerSpec {
  const { command, entrypoint, on_unhealthy: _, ...rest } = base
  const own = given.spec
  const networks = rest.networks.map(withoutIdentity)
  return {
    ...rest,
    ...argsOf({ command, entrypoint }, given),
    service: own.service,
    hostname: isDefaultHostname(base) ? own.hostname : base.hostname,
    networks,
    ...picked(own, replacedKeys(given.fields)),
    environment: { ...rest.environment, ...own.environment },
    labels: { ...rest.labels, ...own.labels },
    extra_hosts: { ...rest.extra_hosts, ...own.extra_hosts },
    ulimits: { ...rest.ulimits, ...own.ulimits },
    sysctls: { ...rest.sysctls, ...own.sysctls },
    mounts: overMounts(rest.mounts, own.mounts),
    ports: [...(options.servicePorts ? rest.ports : []), ...own.ports],
    group_add: joined(rest.group_add, own.group_add),
    cap_add: joined(rest.cap_add, own.cap_add),
    cap_drop: joined(rest.cap_drop, own.cap_drop),
    devices: [...rest.devices, ...own.devices],
    tty: own.tty,
    stdin_open: own.stdin_open,
    keep_alive: false,
    healthcheck: { disable: true },
    restart: own.restart,
    depends_on: [],
  }
}

/** The rules of Docker: a command replaces only the command, an entrypoint both. Pure. */
function argsOf(
  base: { readonly command: ContainerSpec['command']; readonly entrypoint: ContainerSpec['entrypoint'] },
  { spec }: Given,
): Pick<ContainerSpec, 'command' | 'entrypoint'> {
  const command = spec.command ?? (spec.entrypoint === undefined ? base.command : undefined)
  const entrypoint = spec.entrypoint ?? base.entrypoint
  return { ...(command && { command }), ...(entrypoint && { entrypoint }) }
}

/** The host name of a container that declares none is its name. */
const isDefaultHostname = ({ hostname, service }: ContainerSpec): boolean =>
  hostname.replace(/-\d+$/, '') === service.replace(/[._]/g, '-') || hostname === service.replace(/[._]/g, '-')

const withoutIdentity = ({ network }: NetworkAttachment): NetworkAttachment => ({
  network,
  aliases: [],
  ipv4_address: '',
  static: false,
  mac: '',
})

const replacedKeys = (fields: ContainerFields): readonly (keyof ContainerSpec)[] =>
  Object.entries(replacing).flatMap(([field, keys]) => (Object.hasOwn(fields, field) ? keys : []))

function picked<T extends object>(from: T, keys: readonly (keyof T)[]): Partial<T> {
  const result: Partial<T> = {}
  for (const key of keys) result[key] = from[key]
  return result
}

/** A mount of the run replaces one of the container at the same path. */
const overMounts = (base: readonly Mount[], own: readonly Mount[]): readonly Mount[] => [
  ...base.filter(({ target }) => !own.some((one) => one.target === target)),
  ...own,
]

const joined = (left: readonly string[], right: readonly string[]): readonly string[] => [
  ...new Set([...left, ...right]),
]

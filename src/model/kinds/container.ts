import type { Address } from '../address.ts'
import type { Content } from '../values/content.ts'
import type { PublishedPort } from './network.ts'

export interface NetworkAttachment {
  readonly network: Address
  readonly aliases: readonly string[]
  /** Final after binding; '' before. */
  readonly ipv4_address: string
  /** Whether the user stated the address. */
  readonly static: boolean
  readonly mac: string
}

/** What is mounted below a bind's source, in Docker's words; absent: shown, and read-only with it. */
export type BindRecursion = 'disabled' | 'writable' | 'readonly'

export type Mount =
  | {
      readonly type: 'bind'
      readonly source: string
      readonly target: string
      readonly read_only: boolean
      readonly propagation: string
      readonly create_host_path: boolean
      readonly recursive?: BindRecursion
    }
  | {
      readonly type: 'volume'
      readonly volume: Address
      readonly target: string
      readonly read_only: boolean
      readonly nocopy: boolean
    }
  /** Lives and goes with its container; survives a recreate. */
  | { readonly type: 'anonymous'; readonly target: string }
  | {
      readonly type: 'tmpfs'
      readonly target: string
      /** Bytes, or a share of the memory such as `50%`; 0: the kernel's own half of the memory. */
      readonly size: number | string
      readonly mode: string
      /** Options of mount(8) beside nosuid, nodev and noexec, or against them. */
      readonly options?: readonly string[]
    }

/** A config or secret inside the container. */
export interface InjectedFile {
  readonly kind: 'config' | 'secret'
  readonly name: string
  readonly target: string
  readonly mode: string
  /** '' means the container's user. */
  readonly uid: string
  readonly gid: string
  readonly content: Content
}

/** How one check is made: a command inside the container, or a request of the host to it. */
export type HealthProbe =
  | { readonly test: readonly ['CMD' | 'CMD-SHELL', ...string[]] }
  | { readonly http: HttpProbe }
  | { readonly tcp: number }

export interface HttpProbe {
  readonly port: number
  readonly path: string
  readonly scheme: 'http' | 'https'
  /** What is healthy, both ends included. */
  readonly status: { readonly from: number; readonly to: number }
}

/** When checks are made and what they mean. Milliseconds. */
export interface HealthTimes {
  readonly interval: number
  readonly timeout: number
  /** Failures in a row that make it unhealthy. */
  readonly retries: number
  readonly start_period: number
  readonly start_interval: number
}

export type HealthCheck = HealthProbe & HealthTimes

/** Restarts by health, at most `limit` within `window` milliseconds. */
export interface OnUnhealthy {
  readonly action: 'restart'
  readonly limit: number
  readonly window: number
}

/**
 * Canonical container: one replica, every default filled in, short forms expanded, field names those of the stack language.
 * Strings may hold tokens of sensitive values and, until a plan binds them, of references to other resources.
 */
/** Names of a container's own with their address, or several in order. */
export type ExtraHosts = Readonly<Record<string, string | readonly string[]>>

export interface ContainerSpec {
  /** Key in the stack file; the replica's name is in its address. */
  readonly service: string
  readonly image: Address
  readonly image_digest?: string
  /** undefined: the image's. */
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly working_dir?: string
  readonly user?: string
  readonly group_add: readonly string[]
  readonly hostname: string
  readonly network_mode: 'bridge' | 'none' | 'host' | `container:${Address}`
  readonly networks: readonly NetworkAttachment[]
  readonly ports: readonly PublishedPort[]
  readonly expose: readonly string[]
  /** undefined: the first non-internal network's. */
  readonly dns?: readonly string[]
  readonly dns_search?: readonly string[]
  readonly dns_opt: readonly string[]
  readonly extra_hosts: ExtraHosts
  readonly mounts: readonly Mount[]
  readonly files: readonly InjectedFile[]
  readonly read_only: boolean
  readonly shm_size: number
  readonly mem_limit: number
  readonly mem_reservation: number
  /** Bytes of memory and swap together; 0: not set, -1: unlimited. */
  readonly memswap_limit: number
  /** Microseconds; 0: unlimited. `cpus` is turned into quota and period. */
  readonly cpu_period: number
  readonly cpu_quota: number
  readonly cpu_shares: number
  readonly cpuset: string
  /** 0: unlimited. */
  readonly pids_limit: number
  readonly cap_add: readonly string[]
  readonly cap_drop: readonly string[]
  readonly privileged: boolean
  readonly no_new_privileges: boolean
  /** `default`, `unconfined`, or an absolute path of a profile. */
  readonly seccomp: string
  readonly apparmor: string
  readonly devices: readonly { readonly source: string; readonly target: string; readonly permissions: string }[]
  readonly ulimits: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>
  readonly sysctls: Readonly<Record<string, string>>
  readonly init: boolean
  readonly tty: boolean
  readonly stdin_open: boolean
  readonly keep_alive: boolean
  /** undefined: the image's. */
  readonly healthcheck?: HealthCheck | { readonly disable: true }
  /** undefined: nothing is done. */
  readonly on_unhealthy?: OnUnhealthy
  readonly restart: { readonly policy: 'no' | 'always' | 'on-failure' | 'unless-stopped'; readonly max_retries: number }
  /** undefined: the image's, else SIGTERM. */
  readonly stop_signal?: string
  /** Milliseconds. */
  readonly stop_grace_period: number
  /** Bytes of one log file, and how many are kept. */
  readonly logging: { readonly max_size: number; readonly max_file: number }
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly depends_on: readonly {
    readonly container: Address
    readonly condition: 'service_started' | 'service_completed_successfully' | 'service_healthy'
  }[]
}

export type RunState =
  | 'running'
  | 'restarting'
  | 'paused'
  | 'held'
  | 'completed'
  | 'exited'
  | 'stopped'
  | 'created'
  | 'absent'

/** States in which a container has a process that has not ended. Pure. */
export const isLiving = (state: RunState): boolean => state === 'running' || state === 'held' || state === 'paused'

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy'

/** One way in which a container is not what was applied, which part of it, and whether mending it needs a new process. */
export interface Drift {
  readonly text: string
  readonly part: 'process' | 'root' | 'network' | 'limits' | 'files'
  readonly class: 'live' | 'recreate'
}

export interface ContainerActual {
  readonly state: RunState
  readonly id?: string
  readonly pid?: number
  readonly exitCode?: number
  /** undefined: it has no health check, or is not running. */
  readonly health?: HealthStatus
  readonly startedAt?: string
  readonly incarnation: number
  readonly restarts: number
  /** Address in its record, where that is another replica name of the same container. */
  readonly renamedFrom?: Address
  /** It should have a network namespace of its own, and none stands. */
  readonly needsNamespace: boolean
  /** Bytes in use; read only where another memory limit is wanted. */
  readonly memoryUsage?: number
  readonly drift: readonly Drift[]
}

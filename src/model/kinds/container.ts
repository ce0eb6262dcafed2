import type { DriftedField } from '../change.ts'
import type { ResourceAddress } from '../resource-address.ts'
import type { Content } from '../values/content.ts'
import type { BlockIo } from './limits/block-io.ts'
import type { PublishedPort } from './network.ts'
import type { VolumeMount } from './volume.ts'

export interface NetworkAttachment {
  readonly network: ResourceAddress
  readonly aliases: readonly string[]
  /** '' until a plan allocates the address. */
  readonly ipv4_address: string
  /** True if the stack file declares the address. */
  readonly static: boolean
  readonly mac: string
}

/** Treatment of the mounts below the source of a bind mount, as in Docker; absent: they are visible, and read-only if the bind mount is. */
export type BindRecursion = 'disabled' | 'writable' | 'readonly'

/** Flags of mount(8) for a bind mount or a volume; the kernel enforces them for every process of the container, also for root. */
export type MountFlag = 'noexec' | 'nosuid' | 'nodev' | 'noatime' | 'nodiratime' | 'relatime' | 'strictatime'

export type Mount =
  | {
      readonly type: 'bind'
      readonly source: string
      readonly target: string
      readonly read_only: boolean
      readonly propagation: string
      readonly create_host_path: boolean
      readonly recursive?: BindRecursion
      readonly options?: readonly MountFlag[]
    }
  | {
      readonly type: 'volume'
      readonly volume: ResourceAddress
      readonly target: string
      readonly read_only: boolean
      readonly nocopy: boolean
      readonly options?: readonly MountFlag[]
      /** The file system of the volume, so that another one is a change of the container; a plan fills it in. */
      readonly driver_opts?: VolumeMount
    }
  /** An anonymous volume: created and removed with its container, unchanged by a recreate. */
  | { readonly type: 'anonymous'; readonly target: string; readonly options?: readonly MountFlag[] }
  | {
      readonly type: 'tmpfs'
      readonly target: string
      /** Bytes, or a share of the memory such as `50%`; 0: the default of the kernel, half of the memory. */
      readonly size: number | string
      readonly mode: string
      /** Options of mount(8) that are added to nosuid, nodev and noexec, or override them. */
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

/** The check: a command inside the container, or a request from the host. */
export type HealthProbe =
  | { readonly test: readonly ['CMD' | 'CMD-SHELL', ...string[]] }
  | { readonly http: HttpProbe }
  | { readonly tcp: number }

export interface HttpProbe {
  readonly port: number
  readonly path: string
  readonly scheme: 'http' | 'https'
  /** The range of healthy status codes, both ends included. */
  readonly status: { readonly from: number; readonly to: number }
}

/** Timing and retries of health checks. Times are milliseconds. */
export interface HealthTimes {
  readonly interval: number
  readonly timeout: number
  /** The number of consecutive failures that make a container unhealthy. */
  readonly retries: number
  readonly start_period: number
  readonly start_interval: number
}

export type HealthCheck = HealthProbe & HealthTimes

/** Restarts of unhealthy containers, at most `limit` within `window` milliseconds. */
export interface OnUnhealthy {
  readonly action: 'restart'
  readonly limit: number
  readonly window: number
}

/** Additional host names with one address, or several in their order. */
export type ExtraHosts = Readonly<Record<string, string | readonly string[]>>

/**
 * Canonical container: one replica, with every default, short forms expanded and the field names of the stack language. Strings may
 * contain tokens of sensitive values and, until a plan resolves them, of references to other objects.
 */
export interface ContainerSpec {
  /** Key in the stack file; the replica's name is in its address. */
  readonly service: string
  readonly image: ResourceAddress
  readonly image_digest?: string
  /** undefined: the value of the image. */
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly working_dir?: string
  readonly user?: string
  readonly group_add: readonly string[]
  readonly hostname: string
  readonly network_mode: 'bridge' | 'none' | 'host' | `container:${ResourceAddress}`
  readonly networks: readonly NetworkAttachment[]
  readonly ports: readonly PublishedPort[]
  readonly expose: readonly string[]
  /** undefined: the servers of the first network that is not internal. */
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
  /** undefined: no limit and no weight. */
  readonly blkio_config?: BlockIo
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
  /** undefined: the value of the image. */
  readonly healthcheck?: HealthCheck | { readonly disable: true }
  /** undefined: an unhealthy container keeps running. */
  readonly on_unhealthy?: OnUnhealthy
  readonly restart: { readonly policy: 'no' | 'always' | 'on-failure' | 'unless-stopped'; readonly max_retries: number }
  /** undefined: the value of the image, or SIGTERM. */
  readonly stop_signal?: string
  /** Milliseconds. */
  readonly stop_grace_period: number
  /** Milliseconds that the process must run before its start counts as done; undefined: 1000. */
  readonly verify?: number
  /** `max_size`: bytes of one log file. `max_file`: number of log files. */
  readonly logging: { readonly max_size: number; readonly max_file: number }
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly depends_on: readonly {
    readonly container: ResourceAddress
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

/** True if a container in this state has a running process. Pure. */
export const hasProcess = (state: RunState): boolean => state === 'running' || state === 'held' || state === 'paused'

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy'

/** One difference of a container from its applied spec. `class` is `recreate` if the repair needs a new process. */
export interface Drift {
  readonly text: string
  readonly part: 'process' | 'root' | 'network' | 'limits' | 'files'
  readonly class: 'live' | 'recreate'
  /** Set if it is the value of one field. */
  readonly field?: DriftedField
  /** RFC 3339: when it began, if that is known. */
  readonly since?: string
  /** True if the process does not run. */
  readonly isDown?: true
}

/** The last check of a running container. */
export interface LastCheck {
  readonly status: HealthStatus
  /** RFC 3339. */
  readonly checkedAt: string
  /** Failures in a row. */
  readonly failures: number
  /** False if nothing checks the container now: the status may have changed since. */
  readonly isCurrent: boolean
  /** The last line of output of a failed check, without known secret values. */
  readonly output?: string
}

export interface ContainerActual {
  readonly state: RunState
  readonly id?: string
  readonly pid?: number
  readonly exitCode?: number
  /** True if the host was restarted since its last run, whose end is not recorded. */
  readonly exitLost?: true
  /** True if the kernel killed a process of the last run because its memory limit was reached. */
  readonly outOfMemory?: boolean
  /** Only of a running container: how many of its processes the kernel has killed because its memory limit was reached; absent: none. */
  readonly memoryKills?: number
  /** The stop signal that its process has ignored at its last stop. */
  readonly ignoresStop?: string
  /** Only while its restart policy waits: the number of the next start in a row, and its time (RFC 3339). */
  readonly nextStart?: { readonly number: number; readonly at: string }
  /** undefined: the container has no health check, or does not run. */
  readonly health?: HealthStatus
  /** undefined: it was never checked in this run, or has no health check. */
  readonly lastCheck?: LastCheck
  readonly startedAt?: string
  readonly run: number
  readonly restarts: number
  /** The address in its record, if that is another replica name of the same container. */
  readonly renamedFrom?: ResourceAddress
  /** True if its own network namespace is missing. */
  readonly needsNamespace: boolean
  /** Bytes in use. Read only if the memory limit changes. */
  readonly memoryUsage?: number
  readonly drift: readonly Drift[]
}

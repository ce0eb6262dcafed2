import type { CgroupMode } from '../../../../host/cgroup.ts'
import { capabilitySet, type OciCapabilities, ociCapabilities } from '../../../../model/kinds/capabilities.ts'
import type { ContainerSpec, Mount } from '../../../../model/kinds/container.ts'
import type { EffectiveConfig } from '../../../../model/kinds/effective-config.ts'
import type { Devices } from './devices.ts'
import { initPath, processEnvironment } from './environment.ts'
import { ociResources } from './limits.ts'
import { type Bind, ociMounts } from './mounts.ts'
import { type OciRlimit, ociRlimits, type RlimitBounds } from './rlimits.ts'
import type { ShieldedPaths } from './shielded-paths.ts'
import type { ResolvedUser } from './users.ts'

/**
 * Composes config.json, which the runtime reads (OCI runtime-spec 1.0): for a start, for a restart, and with a compiled seccomp filter.
 * `exec-process.ts` derives the process of an `exec` from it. All functions here are pure.
 */

export interface OciProcess {
  readonly terminal?: boolean
  readonly user: {
    readonly uid: number
    readonly gid: number
    readonly additionalGids?: readonly number[]
    readonly umask?: number
  }
  readonly args: readonly string[]
  readonly env: readonly string[]
  readonly cwd: string
  readonly capabilities?: Pick<OciCapabilities, 'bounding'> & Partial<OciCapabilities>
  readonly rlimits?: readonly OciRlimit[]
  readonly noNewPrivileges?: boolean
  readonly apparmorProfile?: string
}

interface OciLinux extends Partial<ShieldedPaths> {
  readonly resources: { readonly devices?: unknown }
  readonly cgroupsPath?: string
  readonly personality?: { readonly domain: string }
  readonly namespaces?: readonly { readonly type: string; readonly path?: string }[]
  readonly devices?: Devices['nodes']
  readonly sysctl?: Readonly<Record<string, string>>
  readonly seccomp?: Readonly<Record<string, unknown>>
}

/** The content of config.json. A document read from disk may lack the optional fields; `bundleRecord` checks the others. */
export interface OciConfig {
  readonly ociVersion?: string
  readonly process: OciProcess
  readonly root?: { readonly path: string; readonly readonly: boolean }
  readonly hostname?: string | undefined
  readonly mounts: readonly {
    readonly destination: string
    readonly type?: string
    readonly source?: string
    readonly options?: readonly string[]
  }[]
  readonly linux: OciLinux
  readonly annotations: Readonly<Record<string, string>>
}

const ownerAnnotation = 'org.heropods.owner'
const runAnnotation = 'org.heropods.incarnation'
/** Arguments of the entrypoint, while the container is only held open. */
const argsAnnotation = 'org.heropods.args'
const filterAnnotation = 'run.oci.seccomp_bpf_data'

/** True if a container is only held open: its entrypoint has ended. */
export const isHeldOpen = ({ annotations }: Pick<OciConfig, 'annotations'>): boolean =>
  annotations[argsAnnotation] !== undefined

/** Facts of the host that a start needs. */
export interface StartInput {
  readonly spec: ContainerSpec
  readonly config: Pick<EffectiveConfig, 'args' | 'env' | 'cwd'>
  readonly owner: string
  readonly run: number
  readonly root: string
  readonly cgroup: string
  readonly cgroups: CgroupMode
  readonly user: ResolvedUser
  /** Path of the network namespace; undefined: that of the host. */
  readonly netns: string | undefined
  /** resolv.conf, hosts, hostname, configs, secrets, and the init program. */
  readonly binds: readonly Bind[]
  readonly volumePath: (mount: Mount & { type: 'volume' }) => string
  /** Anonymous volumes: target -> folder. */
  readonly anonymous: Readonly<Record<string, string>>
  /** True if a source can be made read-only with all that is mounted below it. */
  readonly deep: (source: string) => boolean
  /** True if the kernel can make a tree of mounts read-only. */
  readonly recursive: boolean
  readonly devices: Devices
  /** Mask of the capabilities that this process may give to children (/proc/self/status, CapBnd). */
  readonly bounding: bigint
  readonly rlimitBounds: RlimitBounds
  readonly seccomp: Readonly<Record<string, unknown>> | undefined
  readonly shielded: ShieldedPaths | undefined
}

/** Capabilities of a container on a host whose bounding set is `bounding`. */
export const capabilitiesOf = (spec: ContainerSpec, bounding: bigint): readonly string[] =>
  capabilitySet(spec.cap_add, spec.cap_drop, spec.privileged, bounding)

/** The document of a run with a new root. */
export function startConfig(input: StartInput): OciConfig {
  const { spec } = input
  return {
    ociVersion: '1.0.2',
    process: startProcess(input),
    root: { path: input.root, readonly: spec.read_only },
    hostname: spec.network_mode === 'host' ? undefined : spec.hostname,
    mounts: ociMounts(spec, input),
    linux: {
      // Also clears the flags of the caller, as `setarch --addr-no-randomize` sets them, for `exec` too.
      personality: { domain: 'LINUX' },
      namespaces: namespaces(input),
      cgroupsPath: input.cgroup,
      resources: { ...ociResources(spec, input.cgroups), devices: input.devices.access },
      devices: input.devices.nodes,
      sysctl: sysctls(spec),
      ...(input.seccomp && { seccomp: input.seccomp }),
      ...input.shielded,
    },
    // Annotations never hold text of a user or an image, since crun interprets some of them.
    annotations: { [ownerAnnotation]: input.owner, [runAnnotation]: String(input.run) },
  }
}

function startProcess({ spec, config, user, bounding, rlimitBounds }: StartInput): OciProcess {
  return {
    terminal: spec.tty,
    user: { uid: user.uid, gid: user.gid, additionalGids: user.additionalGids, umask: 0o022 },
    args: spec.init ? [initPath, '--', ...config.args] : config.args,
    env: processEnvironment(spec, config.env, user),
    cwd: config.cwd,
    capabilities: ociCapabilities(capabilitiesOf(spec, bounding), user.uid),
    rlimits: ociRlimits(spec.ulimits, rlimitBounds),
    noNewPrivileges: spec.no_new_privileges && !spec.privileged,
    ...(spec.apparmor !== '' && { apparmorProfile: spec.apparmor }),
  }
}

export interface RestartInput {
  readonly spec: Pick<ContainerSpec, 'ulimits'> & Parameters<typeof ociResources>[0]
  readonly run: number
  readonly cgroup: string
  readonly cgroups: CgroupMode
  readonly rlimitBounds: RlimitBounds
  /** Hold the container open instead of running its entrypoint. */
  readonly held: boolean
}

/** The document for a container that is only held open. An annotation stores its entrypoint. */
export const heldOpen = (config: OciConfig): OciConfig => ({
  ...config,
  process: { ...config.process, args: [initPath, '-P'] },
  annotations: { ...config.annotations, [argsAnnotation]: JSON.stringify(entrypointOf(config)) },
})

/** The arguments of the entrypoint, also of a container that is held open. */
export function entrypointOf({ annotations, process }: Pick<OciConfig, 'annotations' | 'process'>): readonly string[] {
  const stored = annotations[argsAnnotation]
  return stored === undefined ? process.args : JSON.parse(stored)
}

/** The same without the init program, which is in front of them with `init: true`. */
export function withoutInit(args: readonly string[]): readonly string[] {
  const [program, separator, ...rest] = args
  return program === initPath && separator === '--' ? rest : args
}

/** The document of the last run for the next one. */
export function restartConfig(
  config: OciConfig,
  { spec, run, cgroup, cgroups, rlimitBounds, held }: RestartInput,
): OciConfig {
  const { [argsAnnotation]: _, ...annotations } = config.annotations
  const next: OciConfig = {
    ...config,
    process: {
      ...config.process,
      args: entrypointOf(config),
      // This process may have lower limits than the one that started it before.
      rlimits: ociRlimits(spec.ulimits, rlimitBounds),
    },
    linux: {
      ...config.linux,
      cgroupsPath: cgroup,
      // Limits may have been changed during the last run.
      resources: { ...ociResources(spec, cgroups), devices: config.linux.resources.devices },
    },
    annotations: { ...annotations, [runAnnotation]: String(run) },
  }
  return held ? heldOpen(next) : next
}

/** With a compiled filter crun needs no rules. Their default action stays: if crun cannot load the filter, it denies. */
export const withCompiledFilter = (config: OciConfig, filter: Buffer): OciConfig => ({
  ...config,
  linux: { ...config.linux, seccomp: { defaultAction: config.linux.seccomp?.defaultAction } },
  annotations: { ...config.annotations, [filterAnnotation]: filter.toString('base64') },
})

function namespaces({ netns }: StartInput): readonly { readonly type: string; readonly path?: string }[] {
  const own = ['pid', 'ipc', 'mount', 'cgroup', 'uts'].map((type) => ({ type }))
  return netns === undefined ? own : [...own, { type: 'network', path: netns }]
}

/** The sysctls of a container. With its own network namespace, ports below 1024 need no capability, as in Docker. */
function sysctls(spec: ContainerSpec): Readonly<Record<string, string>> {
  const ownNetwork = spec.network_mode === 'bridge' || spec.network_mode === 'none'
  return { ...(ownNetwork && { 'net.ipv4.ip_unprivileged_port_start': '0' }), ...spec.sysctls }
}

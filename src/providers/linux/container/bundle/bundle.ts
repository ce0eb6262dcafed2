import type { CgroupMode } from '../../../../host/cgroup.ts'
import { capabilitySet, ociCapabilities } from '../../../../model/kinds/capabilities.ts'
import type { ContainerSpec, Mount } from '../../../../model/kinds/container.ts'
import type { EffectiveConfig } from '../../../../model/kinds/effective-config.ts'
import type { Devices } from './devices.ts'
import { ociResources } from './limits.ts'
import { type Bind, ociMounts } from './mounts.ts'
import { initPath, processEnvironment } from './process.ts'
import { ociRlimits, type RlimitBounds } from './rlimits.ts'
import type { ShieldedPaths } from './shielded-paths.ts'
import type { ResolvedUser } from './users.ts'

/** What the host contributes to a bundle; read beforehand, so that building it is pure. */
export interface BundleInput {
  readonly spec: ContainerSpec
  readonly config: Pick<EffectiveConfig, 'args' | 'env' | 'cwd'>
  readonly owner: string
  readonly incarnation: number
  readonly root: string
  readonly cgroup: string
  readonly cgroups: CgroupMode
  readonly user: ResolvedUser
  /** Path of the network namespace; undefined: the host's. */
  readonly netns: string | undefined
  /** resolv.conf, hosts, hostname, configs, secrets, and the init program. */
  readonly binds: readonly Bind[]
  readonly volumePath: (mount: Mount & { type: 'volume' }) => string
  /** Image VOLUMEs without a mount of the user's: target -> folder. */
  readonly anonymous: Readonly<Record<string, string>>
  /** Whether a mount's source can be made read-only with all that is mounted below it. */
  readonly deep: (source: string) => boolean
  /** The kernel can make a tree of mounts read-only. */
  readonly recursive: boolean
  readonly devices: Devices
  /** Mask of capabilities this process may hand on (/proc/self/status, CapBnd). */
  readonly bounding: bigint
  readonly rlimitBounds: RlimitBounds
  readonly seccomp: Readonly<Record<string, unknown>> | undefined
  readonly shielded: ShieldedPaths | undefined
}

/** Capabilities of a container on a host whose bounding set is `bounding`. */
export const capabilitiesOf = (spec: ContainerSpec, bounding: bigint): readonly string[] =>
  capabilitySet(spec.cap_add, spec.cap_drop, spec.privileged, bounding)

/** The OCI config.json of one incarnation (runtime-spec 1.0). Pure. */
export function ociBundle(input: BundleInput): Readonly<Record<string, unknown>> {
  const { spec, user } = input
  const { args, env, cwd } = input.config
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: spec.tty,
      user: { uid: user.uid, gid: user.gid, additionalGids: user.additionalGids, umask: 0o022 },
      args: spec.init ? [initPath, '--', ...args] : args,
      env: processEnvironment(spec, env, user),
      cwd,
      capabilities: ociCapabilities(capabilitiesOf(spec, input.bounding), user.uid),
      rlimits: ociRlimits(spec.ulimits, input.rlimitBounds),
      noNewPrivileges: spec.no_new_privileges && !spec.privileged,
      ...(spec.apparmor !== '' && { apparmorProfile: spec.apparmor }),
    },
    root: { path: input.root, readonly: spec.read_only },
    hostname: spec.network_mode === 'host' ? undefined : spec.hostname,
    mounts: ociMounts(spec, input.binds, input.volumePath, input.anonymous, input.deep, input.recursive),
    linux: {
      // Also clears the flags of the caller's, as `setarch --addr-no-randomize` sets them, for what `exec` runs as well.
      personality: { domain: 'LINUX' },
      namespaces: namespaces(input),
      cgroupsPath: input.cgroup,
      resources: { ...ociResources(spec, input.cgroups), devices: input.devices.access },
      devices: input.devices.nodes,
      sysctl: sysctls(input),
      ...(input.seccomp && { seccomp: input.seccomp }),
      ...input.shielded,
    },
    // Nothing of a user's or an image's: crun takes orders from annotations.
    annotations: { 'org.heropods.owner': input.owner, 'org.heropods.incarnation': String(input.incarnation) },
  }
}

const infinity = 2 ** 64 - 1
/** No text that a process can be given: those have no NUL. */
const mark = '\0infinity'

/** Text of a bundle or of a process of one. JSON has no 64-bit integers: RLIM_INFINITY is written as the number it is. */
export const bundleText = (bundle: object): string =>
  JSON.stringify(bundle, (_, value: unknown) => (value === infinity ? mark : value)).replaceAll(
    JSON.stringify(mark),
    '18446744073709551615',
  )

function namespaces({ netns }: BundleInput): readonly Readonly<Record<string, string>>[] {
  const own = ['pid', 'ipc', 'mount', 'cgroup', 'uts'].map((type) => ({ type }))
  return netns === undefined ? own : [...own, { type: 'network', path: netns }]
}

/** Docker's default: a port below 1024 needs no capability inside a namespace of one's own. */
function sysctls({ spec }: BundleInput): Readonly<Record<string, string>> {
  const ownNetwork = spec.network_mode === 'bridge' || spec.network_mode === 'none'
  return { ...(ownNetwork && { 'net.ipv4.ip_unprivileged_port_start': '0' }), ...spec.sysctls }
}

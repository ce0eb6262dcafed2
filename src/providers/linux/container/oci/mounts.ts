import type { BindRecursion, ContainerSpec, Mount, MountFlag } from '../../../../model/kinds/container.ts'
import { nameFiles } from '../../../../model/kinds/mount-targets.ts'

export interface OciMount {
  readonly destination: string
  readonly type: string
  readonly source: string
  readonly options: readonly string[]
}

/** A file or folder of the host that is mounted into a container. */
export interface Bind {
  readonly source: string
  readonly target: string
  readonly read_only: boolean
  readonly propagation?: string
  readonly recursive?: BindRecursion
  readonly options?: readonly MountFlag[]
}

const standard = (spec: ContainerSpec, recursive: boolean): readonly OciMount[] => {
  const shield = spec.privileged ? 'rw' : 'ro'
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
    },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
    },
    {
      destination: '/dev/shm',
      type: 'tmpfs',
      source: 'shm',
      options: ['nosuid', 'noexec', 'nodev', 'mode=1777', `size=${spec.shm_size}`],
    },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', shield] },
    {
      destination: '/sys/fs/cgroup',
      type: 'cgroup',
      source: 'cgroup',
      // Without rro crun leaves the folder that holds the trees of cgroup v1 writable.
      options: ['nosuid', 'noexec', 'nodev', 'relatime', shield, ...(shield === 'ro' && recursive ? ['rro'] : [])],
    },
  ]
}

export interface MountSources {
  readonly binds: readonly Bind[]
  readonly volumePath: (mount: Mount & { type: 'volume' }) => string
  /** Anonymous volumes: target -> folder. */
  readonly anonymous: Readonly<Record<string, string>>
  /** True if a source can be made read-only with all that is mounted below it. */
  readonly deep: (source: string) => boolean
  /** True if the kernel can make a tree of mounts read-only. */
  readonly recursive: boolean
}

/** All mounts of a container, outer ones before those inside them. Pure. */
export function ociMounts(
  spec: ContainerSpec,
  { binds, volumePath, anonymous, deep, recursive }: MountSources,
): readonly OciMount[] {
  const bind = (one: Bind): OciMount => ociBind(one, deep(one.source))
  const declared = spec.mounts.flatMap((mount): OciMount[] => {
    if (mount.type === 'anonymous') return []
    if (mount.type === 'tmpfs') return [tmpfs(mount)]
    if (mount.type === 'volume') return [bind({ ...mount, ...flagsWith(mount), source: volumePath(mount) })]
    return [bind(mount)]
  })
  const flags = new Map(spec.mounts.map((mount) => [mount.target, mount.type === 'anonymous' ? mount.options : []]))
  const unnamed = Object.entries(anonymous).map(([target, source]) =>
    bind({ source, target, read_only: false, options: flags.get(target) ?? [] }),
  )
  // A mount of the stack takes the place of a name file.
  const free = binds.filter(
    ({ target }) => !(nameFiles.includes(target) && spec.mounts.some((mount) => mount.target === target)),
  )
  const own = [...unnamed, ...declared, ...free.map(bind)].sort(
    (left, right) => depth(left.destination) - depth(right.destination),
  )
  const covered = new Set(own.map((mount) => mount.destination))
  const base = standard(spec, recursive).filter((mount) => !covered.has(mount.destination))
  return [...base, ...own]
}

/** The runtime drops flags that the mounted file system has, so they are repeated. */
function flagsWith({
  options = [],
  read_only,
  driver_opts,
}: Mount & { type: 'volume' }): Pick<Bind, 'options' | 'read_only'> {
  const own = driver_opts?.o.split(',') ?? []
  return {
    options: [...new Set([...options, ...restrictions.filter((flag) => own.includes(flag))])].sort(),
    read_only: read_only || own.includes('ro'),
  }
}

const depth = (path: string): number => path.split('/').filter(Boolean).length

/** Flags that restrict a container. They apply to the mounts below a source too, as with `read_only`. */
const restrictions: readonly MountFlag[] = ['noexec', 'nosuid', 'nodev']

/** `rro` makes every mount of the tree read-only, `ro` only the top; the same goes for `rnoexec` and `noexec`. */
const ociBind = (
  { source, target, read_only, propagation = 'rprivate', recursive, options = [] }: Bind,
  deep: boolean,
): OciMount => ({
  destination: target,
  type: 'bind',
  source,
  options: [
    // crun would read the `r` of a propagation such as `rslave` as a recursive bind.
    ...(recursive === 'disabled' ? ['bind', propagation.replace(/^r/, '')] : ['rbind', propagation]),
    read_only ? 'ro' : 'rw',
    ...options,
    ...(deep && (recursive ?? 'readonly') === 'readonly'
      ? [
          ...(read_only ? ['rro'] : []),
          ...options.filter((flag) => restrictions.includes(flag)).map((flag) => `r${flag}`),
        ]
      : []),
  ],
})

const tmpfs = ({ target, size, mode, options = [] }: Mount & { type: 'tmpfs' }): OciMount => ({
  destination: target,
  type: 'tmpfs',
  source: 'tmpfs',
  options: [
    ...['suid', 'dev', 'exec'].map((flag) => (options.includes(flag) ? flag : `no${flag}`)),
    `mode=${mode}`,
    ...(size === 0 ? [] : [`size=${size}`]),
    ...options.filter((option) => !['suid', 'dev', 'exec'].includes(option)),
  ],
})

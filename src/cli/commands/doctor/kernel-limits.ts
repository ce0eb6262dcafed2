import { type Check, passed, warning } from './check.ts'

/** Controllers of cgroups for the limits of memory, CPU and processes. */
export const neededControllers = ['memory', 'cpu', 'pids'] as const

/** The root of the cgroup v2 tree as this process sees it. */
export interface CgroupRoot {
  /** Text of cgroup.controllers: those that the host gives. */
  readonly controllers: string
  /** Text of cgroup.subtree_control: those that cgroups below get. */
  readonly enabled: string
  /** The root is a cgroup of another host, i.e. HeroPods runs in a container: such a cgroup has a file cgroup.type. */
  readonly isNested: boolean
  /** Text of cgroup.procs: pids of the processes in the root itself. */
  readonly processes: string
  readonly isWritable: boolean
}

/** Checks if containers can get limits in a delegated cgroup. A missing controller of the host is another check. Pure. */
export function checkDelegation({ controllers, enabled, isNested, processes, isWritable }: CgroupRoot): Check {
  const name = 'cgroup delegation'
  if (!isWritable)
    return warning(
      name,
      '/sys/fs/cgroup is read-only: limits of containers cannot be set',
      'Give HeroPods its own writable cgroups, e.g. with `--privileged --cgroupns private` if it runs in a container.',
    )
  const lacking = neededControllers.filter(
    (one) => wordsOf(controllers).includes(one) && !wordsOf(enabled).includes(one),
  )
  if (lacking.length === 0 || !isNested || processes.trim() === '')
    return passed(name, 'controllers can be enabled for containers')
  const add = lacking.map((one) => `+${one}`).join(' ')
  return warning(
    name,
    `${lacking.join(', ')} cannot be enabled for containers: /sys/fs/cgroup is delegated and has processes of its own`,
    `Move them to a cgroup below: \`mkdir -p /sys/fs/cgroup/init; xargs -rn1 < /sys/fs/cgroup/cgroup.procs > /sys/fs/cgroup/init/cgroup.procs; echo "${add}" > /sys/fs/cgroup/cgroup.subtree_control\`.`,
  )
}

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Limits of inotify(7) for one user, and how much of them the user's processes have. */
export interface InotifyUse {
  readonly instances: { readonly used: number; readonly most: number }
  readonly watches: { readonly used: number; readonly most: number }
  /** Watches that `heropods watch` would add; 0: it runs already. */
  readonly needed: number
}

/** Instances that `watch` opens. */
const neededInstances = 1

/** Checks if `heropods watch` gets the inotify instances and watches that it needs. Pure. */
export function checkInotify({ instances, watches, needed }: InotifyUse): Check {
  const name = 'inotify'
  const consequence = '`heropods watch` notices changes of the host late'
  if (needed > 0 && instances.most - instances.used < neededInstances)
    return warning(
      name,
      `all ${instances.most} instances of this user are in use: ${consequence}`,
      raise('max_user_instances', instances.most),
    )
  if (watches.most - watches.used >= needed)
    return passed(name, `${watches.used} of ${watches.most} watches are in use`)
  return warning(
    name,
    `${watches.used} of ${watches.most} watches of this user are in use, and \`heropods watch\` needs about ${needed}: ${consequence}`,
    raise('max_user_watches', watches.most + needed),
  )
}

/** The next power of two above twice the least value. */
function raise(setting: string, least: number): string {
  const value = 2 ** Math.ceil(Math.log2(2 * least + 1))
  return `\`sysctl -w fs.inotify.${setting}=${value}\`; the line fs.inotify.${setting} = ${value} in a file in /etc/sysctl.d makes it permanent.`
}

/** Number of watches in a text of /proc/PID/fdinfo/FD. Pure. */
export const countWatches = (fdinfo: string): number => fdinfo.match(/^inotify wd:/gm)?.length ?? 0

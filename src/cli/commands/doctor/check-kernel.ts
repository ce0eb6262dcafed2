import { accessSync, constants, existsSync } from '../../../host/caller-files.ts'
import { installCommand, knowsFilesystem } from '../../../host/requirements.ts'
import { mayRaiseLimits } from '../../../reconciler/engine/examine.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem, warning } from './check.ts'
import { checkDelegation, neededControllers } from './kernel-limits.ts'

/** The root of cgroup v2. */
const cgroupRoot = '/sys/fs/cgroup'
/** The earliest plausible time: a clock before it was never set, milliseconds. */
const earliestTime = Date.UTC(2025, 0)

/** Checks the kernel: version, cgroups, overlayfs, seccomp, namespaces, limits, clock. */
export async function checkKernel(): Promise<readonly Check[]> {
  return [
    passed('kernel', localHost.system.kernel),
    await checkCgroups(),
    ...(await checkCgroupRoot()),
    await checkOverlay(),
    ...(await checkSeccomp()),
    checkNamespaces(),
    ...((await mayRaiseLimits(localHost)) ? [] : [limitsWarning]),
    checkClock(Date.now()),
  ]
}

async function checkCgroups(): Promise<Check> {
  const { mode, crunNeedsHiding, hierarchies } = await localHost.cgroups()
  const hybrid = crunNeedsHiding ? ': crun refuses it, so it is called in a mount namespace without the v2 tree' : ''
  const list = mode === 'v2' ? await localHost.readFile(`${cgroupRoot}/cgroup.controllers`) : undefined
  const present = list?.trim().split(/\s+/) ?? hierarchies.flatMap((path) => (path.split('/').at(-1) ?? '').split(','))
  const lacking = neededControllers.filter((name) => !present.includes(name))
  if (lacking.length === 0) return passed('cgroups', `${mode}${hybrid}`)
  return warning(
    'cgroups',
    `${mode}, without ${lacking.join(', ')}: their limits cannot be set`,
    'Add `cgroup_enable=memory` to the kernel command line for memory. In a container or VM, delegate the controllers to it.',
  )
}

async function checkCgroupRoot(): Promise<readonly Check[]> {
  if ((await localHost.cgroups()).mode !== 'v2' || localHost.system.uid !== 0) return []
  const read = (name: string) => localHost.readFile(`${cgroupRoot}/cgroup.${name}`).catch(() => undefined)
  const names = ['controllers', 'subtree_control', 'type', 'procs'] as const
  const [controllers = '', enabled = '', type, processes = ''] = await Promise.all(names.map(read))
  const isNested = type !== undefined
  return [checkDelegation({ controllers, enabled, isNested, processes, isWritable: isWritable(cgroupRoot) })]
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function checkOverlay(): Promise<Check> {
  const known = (await knowsFilesystem(localHost, 'overlay')) || existsSync('/sys/module/overlay')
  return known
    ? passed('overlayfs', 'yes')
    : warning('overlayfs', 'not loaded yet', '`modprobe overlay` loads it, if the kernel has it.')
}

async function checkSeccomp(): Promise<readonly Check[]> {
  const actions = await localHost.readFile('/proc/sys/kernel/seccomp/actions_avail').catch(() => undefined)
  const inKernel =
    actions === undefined
      ? problem('seccomp', 'the kernel does not support seccomp filters', 'Use a kernel with CONFIG_SECCOMP_FILTER.')
      : passed('seccomp', 'yes')
  const profile = existsSync('/usr/share/containers/seccomp.json') || existsSync('/etc/containers/seccomp.json')
  if (profile) return [inKernel, passed('seccomp profile', 'yes')]
  const packages = { program: '', apt: 'golang-github-containers-common', dnf: 'containers-common', purpose: '' }
  return [inKernel, problem('seccomp profile', 'not installed', `\`${await installCommand(localHost, [packages])}\``)]
}

function checkNamespaces(): Check {
  const lacking = ['net', 'mnt', 'pid', 'ipc', 'uts'].filter((name) => !existsSync(`/proc/self/ns/${name}`))
  if (lacking.length === 0) return passed('namespaces', 'yes')
  return problem(
    'namespaces',
    `the kernel has no ${lacking.join(', ')}`,
    'Use a kernel with CONFIG_NAMESPACES and CONFIG_NET_NS.',
  )
}

const limitsWarning = warning(
  'rlimits',
  'no CAP_SYS_RESOURCE: limits of containers cannot exceed the hard limits of the process that starts them',
  'Start HeroPods with this capability, e.g. with `--cap-add SYS_RESOURCE` if it runs in a container.',
)

/** A clock that was never set makes certificates of registries and times of events wrong. */
const checkClock = (now: number): Check =>
  now >= earliestTime
    ? passed('clock', new Date(now).toISOString())
    : problem(
        'clock',
        `${new Date(now).toISOString()} is in the past: registries and webhooks refuse requests with this time`,
        'Set the clock: `timedatectl set-ntp true`.',
      )

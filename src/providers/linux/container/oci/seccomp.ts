import { arch } from 'node:process'
import type { SeccompProfile, SeccompRule } from '../../../../model/kinds/seccomp-profile.ts'
import { ofInts } from './seccomp-arguments.ts'
import { socketCalls, socketRules } from './seccomp-sockets.ts'

const ENOSYS = 38
const EPERM = 1
/** CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}: flags that clone(2) may not have. */
const namespaceFlags = 0x7e020000

/** Calls that containers-common always allows, and Docker only with CAP_SYS_ADMIN. */
const needSysAdmin = [
  'fsconfig',
  'fsmount',
  'fsopen',
  'fspick',
  'mount',
  'mount_setattr',
  'move_mount',
  'open_tree',
  'open_tree_attr',
  'pivot_root',
  'quotactl',
  'quotactl_fd',
  'setdomainname',
  'sethostname',
  'setns',
  'swapoff',
  'swapon',
  'umount',
  'umount2',
  'unshare',
]
/** Calls that Docker never allows by default. Here any one of these capabilities allows them. */
const needMore: Readonly<Record<string, readonly string[]>> = {
  keyctl: ['CAP_SYS_ADMIN'],
  add_key: ['CAP_SYS_ADMIN'],
  request_key: ['CAP_SYS_ADMIN'],
  userfaultfd: ['CAP_SYS_PTRACE'],
  reboot: ['CAP_SYS_BOOT'],
  name_to_handle_at: ['CAP_SYS_ADMIN'],
  syslog: ['CAP_SYSLOG', 'CAP_SYS_ADMIN'],
  // The kernel executes requests of io_uring without the filter, including those for sockets.
  io_uring_setup: ['CAP_SYS_ADMIN'],
  io_uring_enter: ['CAP_SYS_ADMIN'],
  io_uring_register: ['CAP_SYS_ADMIN'],
}
/** Calls with their own capability. The profiles of distributions require CAP_SYS_ADMIN for them. */
const given: Readonly<Record<string, string>> = { bpf: 'CAP_BPF', perf_event_open: 'CAP_PERFMON' }

const architectures: Readonly<Record<string, { seccomp: string; names: readonly string[] }>> = {
  x64: { seccomp: 'SCMP_ARCH_X86_64', names: ['amd64', 'x32', 'x86'] },
  arm64: { seccomp: 'SCMP_ARCH_AARCH64', names: ['arm64', 'arm'] },
  s390x: { seccomp: 'SCMP_ARCH_S390X', names: ['s390x', 's390'] },
  ppc64: { seccomp: 'SCMP_ARCH_PPC64LE', names: ['ppc64le'] },
}

/**
 * The OCI `linux.seccomp` for a process with these capabilities, from a profile in the format of containers-common. With `tighten`, calls
 * for namespaces, mounts and kernel keys need the same capabilities as in Docker, sockets are limited by family, and arguments are compared
 * with the width that the kernel reads. Without it, for a user's own profile, the rules are not changed. Pure.
 */
export function ociSeccomp(
  profile: SeccompProfile,
  capabilities: readonly string[],
  tighten: boolean,
): Readonly<Record<string, unknown>> {
  const here = architectures[arch] ?? { seccomp: '', names: [] }
  const counts = (rule: SeccompRule): boolean =>
    (rule.includes?.caps ?? []).every((name) => capabilities.includes(name)) &&
    (rule.includes?.arches === undefined || rule.includes.arches.some((name) => here.names.includes(name))) &&
    !(rule.excludes?.caps ?? []).some((name) => capabilities.includes(name)) &&
    !(rule.excludes?.arches ?? []).some((name) => here.names.includes(name))
  const rules = profile.syscalls.filter(counts)
  const mapped = profile.archMap?.find((one) => one.architecture === here.seccomp)
  return {
    defaultAction: profile.defaultAction,
    ...(profile.defaultErrnoRet !== undefined && { defaultErrnoRet: profile.defaultErrnoRet }),
    architectures: mapped ? [mapped.architecture, ...mapped.subArchitectures] : (profile.architectures ?? []),
    syscalls: (tighten ? tightened(rules, capabilities, profile.defaultErrnoRet) : rules).map(plainRule),
  }
}

function tightened(
  rules: readonly SeccompRule[],
  capabilities: readonly string[],
  defaultErrno: number | undefined,
): readonly SeccompRule[] {
  const has = (name: string): boolean => capabilities.includes(name)
  const forbidden = [
    ...(has('CAP_SYS_ADMIN') ? [] : needSysAdmin),
    ...Object.keys(needMore).filter((call) => !needMore[call]?.some(has)),
  ]
  const free = Object.keys(given).filter((call) => has(given[call] as string))
  const ours = [...forbidden, ...free, ...socketCalls, ...(has('CAP_SYS_ADMIN') ? [] : ['clone', 'clone3'])]
  const rest = rules
    .map((rule) => ({ ...rule, names: rule.names.filter((name) => !ours.includes(name)) }))
    .filter((rule) => rule.names.length > 0)
    .flatMap((rule) => ofInts(rule.args ?? []).map((args) => ({ ...rule, args })))
  return [
    ...rest,
    ...socketRules(capabilities, defaultErrno),
    { names: forbidden, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM },
    ...(free.length > 0 ? [{ names: free, action: 'SCMP_ACT_ALLOW' }] : []),
    ...(has('CAP_SYS_ADMIN') ? [] : cloneRules()),
  ]
}

/** Rules that allow clone without new namespaces. */
function cloneRules(): readonly SeccompRule[] {
  // s390 takes clone's flags as the second argument.
  const flags = arch === 's390x' ? 1 : 0
  return [
    {
      names: ['clone'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: flags, value: namespaceFlags, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
    },
    // A filter cannot read the flags of clone3. With ENOSYS, C libraries use clone instead.
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
  ]
}

const plainRule = (rule: SeccompRule): Readonly<Record<string, unknown>> => ({
  names: rule.names,
  action: rule.action,
  ...(rule.errnoRet !== undefined && { errnoRet: rule.errnoRet }),
  ...(rule.args?.length ? { args: rule.args } : {}),
})

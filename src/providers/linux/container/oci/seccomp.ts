import { arch } from 'node:process'
import type { SeccompProfile, SeccompRule } from '../../../../model/kinds/seccomp-profile.ts'
import { ofInts } from './seccomp-arguments.ts'
import { socketCalls, socketRules } from './seccomp-sockets.ts'

const ENOSYS = 38
const EPERM = 1
/** CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}: flags that clone(2) may not have. */
const namespaceFlags = 0x7e020000

/** Calls that containers-common allows to everyone and Docker only to a holder of CAP_SYS_ADMIN. */
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
/** Calls that Docker allows to nobody by default, and to whom they are left here: to a holder of any of these. */
const needMore: Readonly<Record<string, readonly string[]>> = {
  keyctl: ['CAP_SYS_ADMIN'],
  add_key: ['CAP_SYS_ADMIN'],
  request_key: ['CAP_SYS_ADMIN'],
  userfaultfd: ['CAP_SYS_PTRACE'],
  reboot: ['CAP_SYS_BOOT'],
  name_to_handle_at: ['CAP_SYS_ADMIN'],
  syslog: ['CAP_SYSLOG', 'CAP_SYS_ADMIN'],
  // Its work is done past the filter, sockets included.
  io_uring_setup: ['CAP_SYS_ADMIN'],
  io_uring_enter: ['CAP_SYS_ADMIN'],
  io_uring_register: ['CAP_SYS_ADMIN'],
}
/** Calls that a capability of their own is for, which distributions leave to CAP_SYS_ADMIN. */
const given: Readonly<Record<string, string>> = { bpf: 'CAP_BPF', perf_event_open: 'CAP_PERFMON' }

const architectures: Readonly<Record<string, { seccomp: string; names: readonly string[] }>> = {
  x64: { seccomp: 'SCMP_ARCH_X86_64', names: ['amd64', 'x32', 'x86'] },
  arm64: { seccomp: 'SCMP_ARCH_AARCH64', names: ['arm64', 'arm'] },
  s390x: { seccomp: 'SCMP_ARCH_S390X', names: ['s390x', 's390'] },
  ppc64: { seccomp: 'SCMP_ARCH_PPC64LE', names: ['ppc64le'] },
}

/**
 * An OCI `linux.seccomp` from a profile of containers-common, for a process with these capabilities. With `tighten`, calls that
 * make or join namespaces, mount, or reach the kernel's keys are gated as Docker gates them, sockets by family, and arguments are
 * compared as the kernel reads them; a profile of a user's own counts as it is written. Pure.
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

/** clone without new namespaces. */
function cloneRules(): readonly SeccompRule[] {
  // s390 takes clone's flags as the second argument.
  const flags = arch === 's390x' ? 1 : 0
  return [
    {
      names: ['clone'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: flags, value: namespaceFlags, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
    },
    // A filter cannot read clone3's flags: C libraries fall back to clone when the call seems not to exist.
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
  ]
}

const plainRule = (rule: SeccompRule): Readonly<Record<string, unknown>> => ({
  names: rule.names,
  action: rule.action,
  ...(rule.errnoRet !== undefined && { errnoRet: rule.errnoRet }),
  ...(rule.args?.length ? { args: rule.args } : {}),
})

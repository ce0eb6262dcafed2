import { arch } from 'node:process'

/** A profile as containers-common and Docker write it: rules with the circumstances under which they count. */
export interface SeccompProfile {
  readonly defaultAction: string
  readonly defaultErrnoRet?: number
  readonly archMap?: readonly { readonly architecture: string; readonly subArchitectures: readonly string[] }[]
  readonly architectures?: readonly string[]
  readonly syscalls: readonly SeccompRule[]
}

interface SeccompRule {
  readonly names: readonly string[]
  readonly action: string
  readonly errnoRet?: number
  readonly args?:
    | readonly {
        readonly index: number
        readonly value: number
        readonly valueTwo?: number
        readonly op: string
      }[]
    | null
  readonly includes?: Circumstances
  readonly excludes?: Circumstances
}

interface Circumstances {
  readonly caps?: readonly string[]
  readonly arches?: readonly string[]
}

const ENOSYS = 38
const EPERM = 1
/** CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}: what clone(2) may not ask for. */
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
  'pivot_root',
  'quotactl',
  'quotactl_fd',
  'setdomainname',
  'sethostname',
  'setns',
  'swapoff',
  'swapon',
  'syslog',
  'umount',
  'umount2',
  'unshare',
]
/** Calls that Docker allows to nobody by default. */
const needMore: Readonly<Record<string, string>> = {
  keyctl: 'CAP_SYS_ADMIN',
  add_key: 'CAP_SYS_ADMIN',
  request_key: 'CAP_SYS_ADMIN',
  userfaultfd: 'CAP_SYS_PTRACE',
  reboot: 'CAP_SYS_BOOT',
  name_to_handle_at: 'CAP_SYS_ADMIN',
}

const architectures: Readonly<Record<string, { seccomp: string; names: readonly string[] }>> = {
  x64: { seccomp: 'SCMP_ARCH_X86_64', names: ['amd64', 'x32', 'x86'] },
  arm64: { seccomp: 'SCMP_ARCH_AARCH64', names: ['arm64', 'arm'] },
  s390x: { seccomp: 'SCMP_ARCH_S390X', names: ['s390x', 's390'] },
  ppc64: { seccomp: 'SCMP_ARCH_PPC64LE', names: ['ppc64le'] },
}

/**
 * An OCI `linux.seccomp` from a profile of containers-common, for a process with these capabilities. With `tighten`, calls that
 * make or join namespaces, mount, or reach the kernel's keys are gated as Docker gates them. Pure.
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
    syscalls: (tighten ? tightened(rules, capabilities) : rules).map(plainRule),
  }
}

function tightened(rules: readonly SeccompRule[], capabilities: readonly string[]): readonly SeccompRule[] {
  const has = (name: string): boolean => capabilities.includes(name)
  const forbidden = [
    ...(has('CAP_SYS_ADMIN') ? [] : needSysAdmin),
    ...Object.keys(needMore).filter((call) => !has(needMore[call] as string)),
  ]
  const gated = [...forbidden, ...(has('CAP_SYS_ADMIN') ? [] : ['clone', 'clone3'])]
  const rest = rules
    .map((rule) => ({ ...rule, names: rule.names.filter((name) => !gated.includes(name)) }))
    .filter((rule) => rule.names.length > 0)
  if (has('CAP_SYS_ADMIN')) return [...rest, { names: forbidden, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM }]
  // s390 takes clone's flags as the second argument.
  const flags = arch === 's390x' ? 1 : 0
  return [
    ...rest,
    { names: forbidden, action: 'SCMP_ACT_ERRNO', errnoRet: EPERM },
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

import type { SeccompRule } from '../../../../model/kinds/seccomp-profile.ts'
import { is, isNoneOf } from './seccomp-arguments.ts'

/** Address families (linux/socket.h) that a container gets whatever it may do. */
const AF = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17 }
/** Of who administers a network namespace: keys of IPsec, and packets past the stack. */
const administered = { key: 15, xdp: 44 }
/** Protocols of netlink (linux/netlink.h) that read and set up networks, devices and SELinux' notices. */
const NETLINK = { route: 0, usersock: 2, sockDiag: 4, selinux: 7, uevent: 15, generic: 16 }
const administeredNetlink = { nflog: 5, xfrm: 6, fibLookup: 10, connector: 11, netfilter: 12 }
const audit = 9
const auditCapabilities = ['CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL', 'CAP_AUDIT_READ']

const EPERM = 1
const EINVAL = 22
const ENOSYS = 38
const EPROTONOSUPPORT = 93
const EAFNOSUPPORT = 97
const refused = (errnoRet: number) => ({ action: 'SCMP_ACT_ERRNO', errnoRet })
const allowed = { action: 'SCMP_ACT_ALLOW' }

/** Calls whose rules are `socketRules` and no others. */
export const socketCalls = ['socket', 'socketpair', 'socketcall']

/**
 * Rules for new sockets. Most families of Linux (VSOCK, ALG, TIPC, RDS, CAN ...) have no network namespace or are rarely used. Each would
 * load its module on demand, which can then be attacked. A refused family gives the error of one that the kernel does not have. Pure.
 */
export function socketRules(capabilities: readonly string[], defaultErrno: number | undefined): readonly SeccompRule[] {
  const has = (name: string): boolean => capabilities.includes(name)
  const all = has('CAP_SYS_ADMIN')
  const families = [...Object.values(AF), ...(has('CAP_NET_ADMIN') ? Object.values(administered) : [])]
  const netlink = [...Object.values(NETLINK), ...(has('CAP_NET_ADMIN') ? Object.values(administeredNetlink) : [])]
  // socketpair makes both sockets before it finds that the family has no pairs.
  const names = ['socket', 'socketpair']
  const ofNetlink = is(0, AF.netlink)
  return [
    // The call of 32-bit programs from before Linux 4.3: its family lies behind a pointer, which a filter cannot follow. It comes first,
    // since libseccomp makes a rule of it from each that follows; and not with the default's errno, which crun leaves out.
    { names: ['socketcall'], ...(all ? allowed : refused(defaultErrno === ENOSYS ? EPERM : ENOSYS)) },
    ...families.filter((one) => one !== AF.netlink).map((one) => ({ names, ...allowed, args: [is(0, one)] })),
    ...isNoneOf(0, families).map((one) => ({ names, ...(all ? allowed : refused(EAFNOSUPPORT)), args: [one] })),
    ...netlink.map((one) => ({ names, ...allowed, args: [ofNetlink, is(2, one)] })),
    // PAM and sshd take this error for a kernel without auditing. Any other error ends a login.
    { names, ...(auditCapabilities.some(has) ? allowed : refused(EINVAL)), args: [ofNetlink, is(2, audit)] },
    ...isNoneOf(2, [...netlink, audit]).map((one) => ({
      names,
      ...(all ? allowed : refused(EPROTONOSUPPORT)),
      args: [ofNetlink, one],
    })),
  ]
}

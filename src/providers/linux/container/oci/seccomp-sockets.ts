import type { SeccompRule } from '../../../../model/kinds/seccomp-profile.ts'
import { is, isNoneOf } from './seccomp-arguments.ts'

/** Address families (linux/socket.h) that every container may use. */
const AF = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17 }
/** Families for CAP_NET_ADMIN: IPsec keys, and packets that bypass the network stack. */
const administered = { key: 15, xdp: 44 }
/** Netlink protocols (linux/netlink.h) that every container may use: networks, devices, SELinux events. */
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

/** Calls that only `socketRules` decides. Rules of the profile for them are ignored. */
export const socketCalls = ['socket', 'socketpair', 'socketcall']

/**
 * Rules for new sockets. Most families of Linux (VSOCK, ALG, TIPC, RDS, CAN ...) have no network namespace or are rarely used. A socket of
 * such a family would load a kernel module, which can then be attacked. A refused family returns the error of an unsupported one. Pure.
 */
export function socketRules(capabilities: readonly string[], defaultErrno: number | undefined): readonly SeccompRule[] {
  const has = (name: string): boolean => capabilities.includes(name)
  const all = has('CAP_SYS_ADMIN')
  const families = [...Object.values(AF), ...(has('CAP_NET_ADMIN') ? Object.values(administered) : [])]
  const netlink = [...Object.values(NETLINK), ...(has('CAP_NET_ADMIN') ? Object.values(administeredNetlink) : [])]
  // socketpair needs the same rules: it creates both sockets before it finds that the family has no pairs.
  const names = ['socket', 'socketpair']
  const ofNetlink = is(0, AF.netlink)
  return [
    // The call of 32-bit programs before Linux 4.3. Its family is behind a pointer, which a filter cannot read. The rule comes first, since
    // libseccomp also derives a rule for it from each rule below. Its errno differs from the default, since crun drops equal rules.
    { names: ['socketcall'], ...(all ? allowed : refused(defaultErrno === ENOSYS ? EPERM : ENOSYS)) },
    ...families.filter((one) => one !== AF.netlink).map((one) => ({ names, ...allowed, args: [is(0, one)] })),
    ...isNoneOf(0, families).map((one) => ({ names, ...(all ? allowed : refused(EAFNOSUPPORT)), args: [one] })),
    ...netlink.map((one) => ({ names, ...allowed, args: [ofNetlink, is(2, one)] })),
    // PAM and sshd treat this error as a kernel without auditing. Any other error ends a login.
    { names, ...(auditCapabilities.some(has) ? allowed : refused(EINVAL)), args: [ofNetlink, is(2, audit)] },
    ...isNoneOf(2, [...netlink, audit]).map((one) => ({
      names,
      ...(all ? allowed : refused(EPROTONOSUPPORT)),
      args: [ofNetlink, one],
    })),
  ]
}

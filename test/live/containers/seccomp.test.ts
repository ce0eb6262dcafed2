import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { capabilitySet } from '../../../src/model/kinds/capabilities.ts'
import type { Comparison, SeccompProfile, SeccompRule } from '../../../src/model/kinds/seccomp-profile.ts'
import { ociSeccomp } from '../../../src/providers/linux/container/oci/seccomp.ts'
import { hostState, Instance } from '../support.ts'
import { type Call, compileProbe, entriesOf, probe } from './probe.ts'

const EPERM = 1
const EINVAL = 22
const EPROTONOSUPPORT = 93
const EAFNOSUPPORT = 97
const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10
const AF_NETLINK = 16
const AF_PACKET = 17
const STREAM = 1
const DGRAM = 2
const RAW = 3
const AUDIT = 9

let instance: Instance
let before: string

const container = (name: string, more = '') =>
  `  ${name}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, volumes: ["${instance.base}/probe:/probe:ro"]${more} }\n`

beforeAll(() => {
  before = hostState()
  instance = new Instance()
  compileProbe(instance)
  instance.stack(
    `containers:\n${container('plain')}${container('admin', ', cap_add: [SYS_ADMIN]')}${container('net', ', cap_add: [NET_ADMIN]')}${container('audit', ', cap_add: [AUDIT_WRITE]')}${container('watcher', ', cap_add: [SYSLOG, BPF]')}`,
  )
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

const socket = (...args: readonly (bigint | number)[]): Call => ({ name: 'socket', args })
const both = (name: string, calls: readonly Call[]): readonly number[] => {
  const [long, short] = ([64, 32] as const).map((entry) => probe(instance, name, entry, calls))
  expect(short).toEqual(long)
  return long ?? []
}

describe('the default seccomp filter', () => {
  it('is in force in the first process', () => {
    const pid = instance.containers().get('plain')?.pid
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m)
  })

  it('allows no call that the distribution’s does not, and fewer', () => {
    const allowed = (tighten: boolean): ReadonlySet<string> => {
      const rules = ociSeccomp(distribution(), byDefault, tighten).syscalls as readonly SeccompRule[]
      return new Set(rules.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names))
    }
    const theirs = allowed(false)
    const ours = allowed(true)
    expect([...ours].filter((name) => !theirs.has(name))).toEqual([])
    const refused = ['mount', 'unshare', 'setns', 'keyctl', 'clone3', 'socketcall', 'syslog', 'pivot_root']
    expect(refused.filter((name) => theirs.has(name) && !ours.has(name))).toEqual(refused)
  })

  it('answers every rule that compares an argument alike, whatever the upper 32 bits are', () => {
    for (const entry of [64, 32] as const) {
      const calls = argumentRules()
        .filter(({ name }) => entriesOf(name).includes(entry))
        .map(({ name, args }) => ({ name, args: argumentsOf(name, args) }))
      expect(calls.length).toBeGreaterThan(50)
      const raised = [1n << 32n, 1n << 63n, 0xffffffff00000000n].flatMap((upper) =>
        [0, 1, 2].map((which) =>
          calls.map(({ name, args }) => ({
            name,
            args: args.map((one, position) => (position === which ? one | upper : one)),
          })),
        ),
      )
      const answers = probe(instance, 'plain', entry, [calls, ...raised].flat())
      const plain = answers.slice(0, calls.length)
      for (const index of raised.keys()) {
        const from = (index + 1) * calls.length
        expect(answers.slice(from, from + calls.length)).toEqual(plain)
      }
    }
  })

  it('lets no socket of the audit subsystem be made, by any entry', () => {
    const asked = [AF_NETLINK, RAW, AUDIT] as const
    expect(both('plain', [socket(...asked), socket(BigInt(AF_NETLINK) | (1n << 32n), RAW, AUDIT)])).toEqual([
      EINVAL,
      EINVAL,
    ])
    expect(both('plain', [{ name: 'socketpair', args: [...asked, [0, 0]] }])).toEqual([EINVAL])
    expect(probe(instance, 'plain', 32, [{ name: 'socketcall', args: [1, asked] }])).toEqual([EPERM])
    expect(both('audit', [socket(...asked)])).toEqual([0])
  })

  it('makes sockets of IPv4, IPv6, Unix, packets, and of netlink as ordinary programs use it', () => {
    const wanted = [
      socket(AF_INET, STREAM, 0),
      socket(AF_INET, DGRAM, 0),
      socket(AF_INET, RAW, 1),
      socket(AF_INET6, STREAM, 0),
      socket(AF_UNIX, STREAM, 0),
      socket(AF_PACKET, RAW, 0),
      ...[0, 4, 15, 16].map((protocol) => socket(AF_NETLINK, RAW, protocol)),
    ]
    expect(both('plain', wanted)).toEqual(wanted.map(() => 0))
    expect(both('plain', [{ name: 'socketpair', args: [AF_UNIX, STREAM, 0, [0, 0]] }])).toEqual([0])
  })

  it('knows no other family, VSOCK, XDP, ALG, KEY, TIPC, CAN and RDS among them', () => {
    const others = Array.from({ length: 64 }, (_, family) => family).filter(
      (family) => ![AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET].includes(family),
    )
    const calls = others.flatMap((family) => [
      socket(family, DGRAM, 0),
      { name: 'socketpair', args: [family, STREAM, 0, [0, 0]] },
    ])
    expect(both('plain', calls)).toEqual(calls.map(() => EAFNOSUPPORT))
    expect(
      both(
        'plain',
        [6, 8, 11, 12, 20, 21].map((protocol) => socket(AF_NETLINK, RAW, protocol)),
      ),
    ).toEqual(Array(6).fill(EPROTONOSUPPORT))
  })

  it('has nobody go around it: neither by socketcall, which hides the family, nor by io_uring', () => {
    const calls = [1, 8].map((which) => ({ name: 'socketcall', args: [which, [AF_INET, STREAM, 0, 0]] }))
    expect(probe(instance, 'plain', 32, calls)).toEqual([EPERM, EPERM])
    expect(both('plain', [{ name: 'io_uring_setup', args: [1, [0]] }])).toEqual([EPERM])
  })

  it('leaves a capability what it is for', () => {
    const [key, xdp, netfilter, vsock] = [
      socket(15, RAW, 2),
      socket(44, RAW, 0),
      socket(AF_NETLINK, RAW, 12),
      socket(40, STREAM, 0),
    ]
    const denied = [EAFNOSUPPORT, EPROTONOSUPPORT]
    const isRefused = (errno: number | undefined): boolean => denied.includes(errno ?? 0)
    // Whether this kernel has a family is another question.
    expect(probe(instance, 'net', 64, [netfilter, vsock])).toEqual([0, EAFNOSUPPORT])
    expect(probe(instance, 'plain', 64, [key, xdp, netfilter, vsock]).map(isRefused)).toEqual([true, true, true, true])
    expect(probe(instance, 'admin', 32, [{ name: 'socketcall', args: [1, [AF_INET, STREAM, 0]] }])).toEqual([0])
    const log = { name: 'syslog', args: [10, 0, 0] }
    const load = { name: 'bpf', args: [0, 0, 0] }
    expect(both('plain', [log, load])).toEqual([EPERM, EPERM])
    expect(both('watcher', [log, load])).toEqual([0, EINVAL])
  })

  it('makes no namespace, mounts nothing, and reaches no keys', () => {
    const namespaces = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
    const clones = namespaces
      .flatMap((flag) => [flag, BigInt(flag) | (1n << 32n)])
      .map((flag) => ({ name: 'clone', args: [flag, 0] }))
    expect(both('plain', clones).every((errno) => errno !== 0)).toBe(true)
    expect(both('plain', [{ name: 'clone', args: [17, 0] }])).toEqual([0])
    expect(
      both('plain', [
        { name: 'unshare', args: [0x10000000] },
        { name: 'mount', args: [0, 0, 0, 0, 0] },
        { name: 'keyctl', args: [0, 0] },
      ]),
    ).toEqual([EPERM, EPERM, EPERM])
  })
})

/** The profile that filters are made from. */
const distribution = (): SeccompProfile =>
  JSON.parse(readFileSync('/usr/share/containers/seccomp.json', 'utf8')) as SeccompProfile

const byDefault = capabilitySet([], [], false, 2n ** 41n - 1n)

/** All rules of the filter of a plain container that compare an argument, one a call. */
function argumentRules(): readonly { name: string; args: readonly Comparison[] }[] {
  const { syscalls } = ociSeccomp(distribution(), byDefault, true) as { syscalls: readonly SeccompRule[] }
  return syscalls.flatMap(({ names, args }) => (args?.length ? names.map((name) => ({ name, args })) : []))
}

/** Arguments that one rule speaks of. */
function argumentsOf(name: string, rule: readonly Comparison[]): readonly bigint[] {
  const args = [0n, name.startsWith('socket') ? BigInt(RAW) : 0n, 0n]
  for (const { index, value, valueTwo = value, op } of rule) {
    expect(op, `${name} compares all 64 bits of argument ${index}`).toBe('SCMP_CMP_MASKED_EQ')
    args[index] = BigInt(valueTwo)
  }
  return args
}

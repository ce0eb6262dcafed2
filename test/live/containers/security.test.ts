import { mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allCapabilities } from '../../../src/model/kinds/capabilities.ts'
import { hostState, Instance, sh } from '../support.ts'
import { type Call, compileProbe, probe } from './probe.ts'

// Rows of the table in docs/security.md, each asked of a container from inside: a test is called as its row.

let instance: Instance
let before: string
let pids: Readonly<Record<string, number | null>>
const everyName = ['plain', 'user', 'host', 'locked', 'admin'] as const

beforeAll(() => {
  before = hostState()
  instance = new Instance()
  compileProbe(instance)
  // As bpffs lies on most hosts: what is mounted below /sys is not for containers.
  sh('mount', '-t', 'tmpfs', 'tmpfs', '/sys/fs/bpf')
  writeFileSync('/sys/fs/bpf/pinned', '')
  mkdirSync(join(instance.base, 'bound'))
  const container = (name: string, more = ''): string =>
    `  ${name}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, volumes: ["${instance.base}/probe:/probe:ro", "./bound:/bound"], secrets: [word], tmpfs: /scratch${more} }\n`
  instance.stack(
    `secrets: { word: { content: the-word-itself } }\ncontainers:\n${container('plain', ', ports: ["18099:80"]')}${container('user', ', user: "1000:1000"')}${container('host', ', network_mode: host')}${container('locked', ', read_only: true, cap_drop: [ALL]')}${container('admin', ', cap_add: [SYS_ADMIN, MKNOD]')}${container('privileged', ', privileged: true')}`,
  )
  instance.apply()
  pids = instance.pids()
})
afterAll(() => {
  instance.end()
  sh('umount', '/sys/fs/bpf')
  expect(hostState()).toBe(before)
})

const inside = (name: string, script: string): string => instance.exec(name, 'sh', '-c', script).trim()
/** What becomes of each script inside. */
const tried = (name: string, scripts: readonly string[]): Readonly<Record<string, string>> => {
  const said = inside(name, scripts.map((one) => `(${one}) >/dev/null 2>&1 && echo done || echo refused`).join('\n'))
  return Object.fromEntries(said.split('\n').map((line, index) => [scripts[index], line]))
}
const refused = (name: string, ...scripts: readonly string[]): void =>
  expect(tried(name, scripts)).toEqual(Object.fromEntries(scripts.map((one) => [one, 'refused'])))
const pidOf = (name: string): number => pids[name] ?? 0
const status = (text: string, field: string): string => new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? ''
const capabilities = (mask: string): readonly string[] =>
  allCapabilities.filter((_, number) => (BigInt(`0x${mask}`) >> BigInt(number)) & 1n)
/** Options of what is mounted on a target, the last of several. */
const options = (name: string, target: string): readonly string[] => {
  const lines = inside(name, 'cat /proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' '))
  return (
    lines
      .filter((fields) => fields[4] === target)
      .at(-1)?.[5]
      ?.split(',') ?? []
  )
}

const byDefault =
  'CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT SETFCAP'.split(' ')

describe('docs/security.md', () => {
  it('capabilities', () => {
    for (const read of [
      inside('plain', 'cat /proc/self/status'),
      readFileSync(`/proc/${pidOf('plain')}/status`, 'utf8'),
    ]) {
      for (const set of ['CapPrm', 'CapEff', 'CapBnd'])
        expect(new Set(capabilities(status(read, set)))).toEqual(new Set(byDefault))
      for (const set of ['CapInh', 'CapAmb']) expect(capabilities(status(read, set))).toEqual([])
    }
    expect(capabilities(status(inside('locked', 'cat /proc/self/status'), 'CapBnd'))).toEqual([])
  })

  it('a user other than root', () => {
    const read = inside('user', 'cat /proc/self/status')
    for (const set of ['CapPrm', 'CapEff', 'CapInh', 'CapAmb']) expect(capabilities(status(read, set))).toEqual([])
    expect(status(read, 'Uid')).toBe('1000\t1000\t1000\t1000')
  })

  it('no-new-privileges', () => {
    for (const name of everyName)
      expect(status(readFileSync(`/proc/${pidOf(name)}/status`, 'utf8'), 'NoNewPrivs'), name).toBe('1')
    expect(status(inside('plain', 'cat /proc/self/status'), 'NoNewPrivs')).toBe('1')
  })

  it('seccomp', () => {
    for (const name of everyName)
      expect(status(readFileSync(`/proc/${pidOf(name)}/status`, 'utf8'), 'Seccomp'), name).toBe('2')
    expect(status(inside('plain', 'cat /proc/self/status'), 'Seccomp')).toBe('2')
  })

  it('calls that need CAP_SYS_ADMIN', () => {
    const calls: readonly Call[] = [
      { name: 'mount', args: [0, 0, 0, 0, 0] },
      { name: 'unshare', args: [0x20000] },
      { name: 'keyctl', args: [0, 0] },
      { name: 'bpf', args: [0, 0, 0] },
      { name: 'io_uring_setup', args: [1, [0]] },
    ]
    for (const entry of [64, 32] as const) expect(probe(instance, 'plain', entry, calls)).toEqual(calls.map(() => 1))
  })

  it('masked paths', () => {
    const proc = 'acpi asound interrupts kcore keys latency_stats sched_debug scsi timer_list timer_stats'.split(' ')
    const sys = 'dev/block devices/virtual/powercap firmware fs/selinux'.split(' ')
    const paths = [...proc.map((one) => `/proc/${one}`), ...sys.map((one) => `/sys/${one}`)]
    const look = paths.map(
      (path) => `if [ -d ${path} ]; then ls ${path}; elif [ -e ${path} ]; then head -c 1 ${path}; fi`,
    )
    for (const name of ['plain', 'host', 'admin']) expect(inside(name, look.join('\n')), name).toBe('')
    expect(inside('privileged', 'head -c 1 /proc/interrupts; ls /sys/dev/block')).not.toBe('')
  })

  it('read-only paths', () => {
    const files = [
      'sys/kernel/domainname',
      'sys/kernel/core_pattern',
      'sysrq-trigger',
      'irq/default_smp_affinity',
      'bus/x',
    ]
    for (const name of ['plain', 'host', 'admin']) refused(name, ...files.map((file) => `true >> /proc/${file}`))
  })

  it('/proc', () => {
    expect(Number(inside('plain', 'ls -d /proc/[0-9]* | wc -l'))).toBeLessThan(10)
    expect(options('plain', '/proc')).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'noexec']))
  })

  it('/sys', () => {
    for (const name of ['plain', 'host']) {
      expect(options(name, '/sys')).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev', 'noexec']))
      refused(
        name,
        ...['kernel/uevent_helper', 'power/state', 'kernel/mm/ksm/run'].map((file) => `true >> /sys/${file}`),
      )
    }
  })

  it('cgroups', () => {
    for (const name of ['plain', 'host']) {
      const own = inside(name, 'cat /proc/1/cgroup').split('\n')
      expect(own.filter((line) => !line.endsWith(':/'))).toEqual([])
      const firstOf = (paths: string, what: string): string => `for at in ${paths}; do ${what} && exit 0; done; exit 1`
      refused(
        name,
        firstOf('/sys/fs/cgroup /sys/fs/cgroup/*/', 'mkdir $at/mine'),
        firstOf('/sys/fs/cgroup/*.max /sys/fs/cgroup/*/*limit* /sys/fs/cgroup/*/release_agent', 'true >> $at'),
      )
      const mounts = inside(name, 'cat /proc/self/mountinfo').split('\n')
      expect(mounts.filter((line) => /^(\S+ ){4}\/sys\/fs\/cgroup\S* rw/.test(line))).toEqual([])
    }
  })

  it('/dev', () => {
    const nodes = inside(
      'plain',
      'cd /dev; for name in $(find . -type c -o -type b); do stat -c "%n %t:%T" $name; done',
    )
    const known = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'console']
    const names = nodes.split('\n').map((line) => line.split(' ')[0]?.slice(2) ?? '')
    expect(names.filter((name) => !known.includes(name) && !name.startsWith('pts/'))).toEqual([])
    expect(options('plain', '/dev')).toContain('nosuid')
    for (const target of ['/dev/shm', '/dev/mqueue'])
      expect(options('plain', target)).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'noexec']))
  })

  it('devices', () => {
    const kernelLog = 'c 1 11'
    refused('plain', `mknod /made ${kernelLog}`)
    // With CAP_MKNOD there is a node, which the container's cgroup lets nobody open.
    expect(inside('admin', `mknod /made ${kernelLog} && echo made`)).toBe('made')
    refused('admin', 'dd if=/made of=/dev/null count=1 iflag=nonblock', 'true >> /made')
  })

  it('namespaces', () => {
    for (const name of everyName) {
      const pid = pidOf(name)
      for (const kind of ['mnt', 'pid', 'ipc', 'uts', 'cgroup'])
        expect(readlinkSync(`/proc/${pid}/ns/${kind}`), `${name} ${kind}`).not.toBe(
          readlinkSync(`/proc/self/ns/${kind}`),
        )
      expect(readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync('/proc/self/ns/net')).toBe(name === 'host')
      expect(readlinkSync(`/proc/${pid}/ns/user`)).toBe(readlinkSync('/proc/self/ns/user'))
    }
  })

  it('network_mode: host', () => {
    const mounts = inside('host', 'cat /proc/self/mountinfo')
      .split('\n')
      .map((line) => line.split(' ')[4] ?? '')
    const shielded = /^\/sys($|\/fs\/cgroup|\/firmware$|\/dev\/block$|\/fs\/selinux$|\/devices\/)/
    expect(mounts.filter((target) => target.startsWith('/sys') && !shielded.test(target))).toEqual([])
    expect(inside('host', 'cat /sys/class/net/lo/ifindex')).toBe('1')
    const folders = ['kernel/debug', 'kernel/tracing', 'kernel/security', 'fs/bpf'].map((name) => `/sys/${name}`)
    expect(inside('host', `ls -A ${folders.join(' ')} 2>/dev/null | grep -v -e '^/sys' -e '^$' || true`)).toBe('')
    refused('host', 'ip link set lo down', 'true >> /sys/fs/bpf/x')
  })

  it('tmpfs', () => {
    expect(options('plain', '/scratch')).toEqual(expect.arrayContaining(['rw', 'nosuid', 'nodev', 'noexec']))
    refused('plain', 'cp /bin/busybox /scratch/sh && /scratch/sh true')
  })

  it('secrets', () => {
    expect(inside('plain', 'cat /run/secrets/word')).toBe('the-word-itself')
    refused('plain', 'true >> /run/secrets/word || rm /run/secrets/word')
    expect(inside('plain', 'tr "\\0" "\\n" < /proc/1/environ')).not.toContain('the-word-itself')
    for (const folder of [instance.run, instance.data]) expect(statSync(folder).mode & 0o077).toBe(0)
  })

  it('name files', () => {
    refused('plain', ...['hosts', 'hostname', 'resolv.conf'].map((file) => `true >> /etc/${file}`))
  })

  it('the root file system', () => {
    refused('locked', 'touch /x || touch /etc/x || touch /bin/x')
    expect(inside('locked', 'touch /scratch/x && echo made')).toBe('made')
  })

  it('log files', () => {
    const log = join(instance.data, 'containers/test/plain/log')
    expect(statSync(join(log, 'container.log')).mode & 0o077).toBe(0)
    expect(statSync(log).uid).toBe(0)
    refused('plain', 'grep -q container.log /proc/self/mountinfo')
  })

  it('published ports', () => {
    const rules = sh('iptables-save', '-t', 'nat')
    const own = rules.split('\n').filter((line) => line.includes('18099'))
    expect(own.length).toBeGreaterThan(0)
    expect(own.every((line) => line.includes('-d 127.0.0.1/32'))).toBe(true)
  })

  it('exec', () => {
    const own = inside('locked', 'cat /proc/1/status')
    const started = inside('locked', 'cat /proc/self/status')
    for (const field of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'NoNewPrivs', 'Seccomp', 'Uid', 'Gid'])
      expect(status(started, field), field).toBe(status(own, field))
  })

  it('privileged', () => {
    const read = inside('privileged', 'cat /proc/self/status')
    expect(capabilities(status(read, 'CapEff')).length).toBeGreaterThan(35)
    expect([status(read, 'Seccomp'), status(read, 'NoNewPrivs')]).toEqual(['0', '0'])
  })
})

import { describe, expect, it } from 'vitest'
import { checkDelegation, checkInotify, countWatches } from '../../../src/cli/commands/doctor/kernel-limits.ts'
import {
  checkBridgedPackets,
  checkReversePath,
  parseDefaultRoutes,
} from '../../../src/cli/commands/doctor/packet-filters.ts'
import { checkStoredTwice } from '../../../src/cli/commands/doctor/stored-twice.ts'

const saved = (policy: string, ...rules: string[]): string =>
  `*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:FORWARD ${policy} [0:0]\n${rules.join('\n')}\nCOMMIT\n`
const ours = '-A FORWARD -j HEROPODS-1-FORWARD'

describe('br_netfilter', () => {
  const check = (filtered: boolean, ...args: Parameters<typeof saved>) =>
    checkBridgedPackets({ filtered, rules: saved(...args) })

  it.each([
    ['off', false, 'DROP', []],
    ['an accepting chain', true, 'ACCEPT', []],
    ['the rules of HeroPods in a dropping chain', true, 'DROP', [ours]],
    [
      'the rules of HeroPods before a drop',
      true,
      'ACCEPT',
      [ours, '-A FORWARD -j REJECT --reject-with icmp-port-unreachable'],
    ],
    ['a drop of some packets', true, 'ACCEPT', ['-A FORWARD -s 10.0.0.0/8 -j DROP', ours]],
  ] as const)('passes with %s', (_, filtered, policy, rules) =>
    expect(check(filtered, policy, ...rules).state).toBe('ok'),
  )

  it('drops packets within a network without the rules of HeroPods', () => {
    for (const found of [check(true, 'DROP'), check(true, 'ACCEPT', '-A FORWARD -j DROP')]) {
      expect(found).toMatchObject({ state: 'missing', fix: expect.stringContaining('heropods doctor --repair') })
      expect(found.text).toContain('bridge-nf-call-iptables')
    }
  })

  it('names the commands that move late rules to the front', () => {
    expect(check(true, 'ACCEPT', '-A FORWARD -j DROP', ours)).toMatchObject({
      state: 'missing',
      fix: 'Move the rules of HeroPods to the front: `iptables -D FORWARD -j HEROPODS-1-FORWARD && iptables -I FORWARD -j HEROPODS-1-FORWARD`.',
    })
  })
})

describe('rp_filter', () => {
  const route = (dev: string, metric = 0) => ({ dev, metric })
  const check = (routes: readonly ReturnType<typeof route>[], strict: readonly string[], otherRules = false) =>
    checkReversePath({ routes, otherRules, strict: new Set(strict) })

  it('concerns the uplinks that are not the best one', () => {
    const found = check([route('eth1', 200), route('eth0.7', 300), route('eth0', 100)], ['eth0', 'eth1', 'eth0.7'])
    expect(found).toMatchObject({ state: 'note', text: expect.stringContaining('strict on eth1, eth0.7') })
    expect(found.text).toContain('through eth0:')
    expect(found.fix).toContain('`sysctl -w net.ipv4.conf.eth1.rp_filter=2 net.ipv4.conf.eth0/7.rp_filter=2`')
  })

  it('passes with one uplink, loose filters, or other routing tables', () => {
    expect(check([], []).state).toBe('ok')
    expect(check([route('eth0')], ['eth0']).state).toBe('ok')
    expect(check([route('eth0', 1), route('eth0', 2)], ['eth0']).state).toBe('ok')
    expect(check([route('eth0', 1), route('eth1', 2)], ['eth0']).state).toBe('ok')
    expect(check([route('eth0', 1), route('eth1', 2)], ['eth1'], true).state).toBe('ok')
  })

  it('default routes are those of ip', () => {
    expect(parseDefaultRoutes('')).toEqual([])
    expect(
      parseDefaultRoutes(
        '[{"dst":"default","dev":"eth0"},{"dst":"default","metric":5,"nexthops":[{"dev":"a"},{"dev":"b"},7]},3]',
      ),
    ).toEqual([route('eth0'), route('a', 5), route('b', 5)])
  })
})

describe('cgroup delegation', () => {
  const root = {
    controllers: 'cpuset cpu io memory pids',
    enabled: '',
    isNested: true,
    processes: '1\n',
    isWritable: true,
  }

  it('fails in a nested root with processes, for the controllers that are not enabled', () => {
    expect(checkDelegation({ ...root, enabled: 'cpu' })).toMatchObject({
      state: 'note',
      text: expect.stringMatching(/^memory, pids cannot be enabled/),
      fix: expect.stringContaining('echo "+memory +pids" > /sys/fs/cgroup/cgroup.subtree_control'),
    })
    expect(checkDelegation({ ...root, isWritable: false })).toMatchObject({
      state: 'note',
      text: expect.stringContaining('read-only'),
    })
  })

  it.each([
    { enabled: 'memory pids cpu' },
    // Controllers that the host does not give are another check.
    { controllers: 'io' },
    // The kernel exempts the real root, and an empty one can be changed.
    { isNested: false },
    { processes: '' },
  ])('passes with %j', (given) => expect(checkDelegation({ ...root, ...given }).state).toBe('ok'))
})

describe('inotify', () => {
  const check = (usedInstances: number, usedWatches: number, needed: number) =>
    checkInotify({
      instances: { used: usedInstances, most: 128 },
      watches: { used: usedWatches, most: 8192 },
      needed,
    })

  it('warns if watch would not get an instance or its watches, and names a sufficient limit', () => {
    expect(check(128, 0, 100)).toMatchObject({ state: 'note', fix: expect.stringContaining('max_user_instances=512`') })
    expect(check(3, 8100, 100)).toMatchObject({
      state: 'note',
      fix: expect.stringContaining('max_user_watches=32768`'),
    })
  })

  it('passes if they are free, or watch runs already', () => {
    expect(check(127, 8092, 100).state).toBe('ok')
    expect(check(128, 8192, 0).state).toBe('ok')
  })

  it('counts the watches in fdinfo', () => {
    expect(countWatches('pos:\t0\nflags:\t02\ninotify wd:2 ino:1 sdev:2\ninotify wd:1 ino:3 sdev:4\n')).toBe(2)
    expect(countWatches('')).toBe(0)
  })
})

describe('images that podman has as well', () => {
  const mebibytes = (name: string, size: number) => ({ name, bytes: size * 1024 * 1024 })

  it('are named with the command that frees them, the largest first', () => {
    expect(checkStoredTwice([mebibytes('a', 60), mebibytes('b', 61)])).toMatchObject({
      state: 'note',
      text: expect.stringMatching(/^b, a are .*121 MiB/),
      fix: expect.stringContaining('`podman rmi b a`'),
    })
  })

  it('do not matter if they are small', () => expect(checkStoredTwice([mebibytes('a', 99)]).state).toBe('ok'))
})

import { describe, expect, it } from 'vitest'
import { passed, problem, warning, worstFirst } from '../../../src/cli/commands/doctor/check.ts'
import { bootCheck } from '../../../src/cli/commands/doctor/check-boot.ts'
import { persistenceOf } from '../../../src/cli/commands/doctor/check-redis.ts'
import { checkSpace, parseDf, type Space } from '../../../src/cli/commands/doctor/disk-space.ts'
import { checkFirewall } from '../../../src/cli/commands/doctor/firewall-rules.ts'
import { faultsOf, isBefore, type VersionContext } from '../../../src/cli/commands/doctor/known-versions.ts'
import { bootUnits } from '../../../src/watch/service/boot-unit.ts'
import { watchUnits } from '../../../src/watch/service/unit.ts'

it('errors come first, then warnings, each kind in its order', () => {
  const checks = [
    passed('a', ''),
    warning('b', '', ''),
    problem('c', '', ''),
    warning('d', '', ''),
    problem('e', '', ''),
  ]
  expect(worstFirst(checks).map(({ name }) => name)).toEqual(['c', 'e', 'b', 'd', 'a'])
})

describe('known versions', () => {
  it.each([
    ['1.8.1', '1.11.1', true],
    ['1.11.1', '1.8.1', false],
    ['1.14', '1.14.0', false],
    ['1.14', '1.14.1', true],
    ['6.1.0-18-amd64', '5.11', false],
    ['1.1.5+ds1', '1.1.12', true],
  ])('%s is before %s: %s', (left, right, expected) => expect(isBefore(left, right)).toBe(expected))

  const programs = (context: Partial<VersionContext>): readonly string[] =>
    faultsOf({ versions: {}, kernel: '6.1.0', cgroups: 'v2', ...context }).map(
      ({ program, before }) => `${program} ${before}`,
    )

  it('concern the host and the version', () => {
    expect(programs({ versions: { crun: '1.11.1' }, cgroups: 'v1' })).toEqual(['crun 1.11.2'])
    expect(programs({ versions: { crun: '1.11.1' } })).toEqual([])
    expect(programs({ versions: { crun: '1.11.2' }, cgroups: 'hybrid' })).toEqual([])
    expect(programs({ versions: { crun: '1.14' }, kernel: '5.10.0-28-amd64' })).toEqual(['crun 1.14.1'])
    expect(programs({ versions: { crun: '1.14.1', podman: '5.6.2' } })).toEqual(['crun 1.14.3'])
    expect(programs({ versions: { crun: '1.14.1', podman: '4.9.4' } })).toEqual([])
    expect(programs({ versions: { runc: '1.1.11' } })).toEqual(['runc 1.1.12'])
    expect(programs({ versions: { runc: '1.3.2' } })).toEqual(['runc 1.3.3'])
    expect(programs({ versions: { runc: '1.2.8' } })).toEqual([])
    expect(programs({ versions: { podman: '4.3.1' } })).toEqual(['podman 4.9.4'])
    expect(programs({ versions: { crun: '1.26', runc: '1.3.3', podman: '5.6.2' }, cgroups: 'v1' })).toEqual([])
  })
})

describe('space', () => {
  const gibibyte = 1024 ** 3
  const roomy: Space = { free: 50 * gibibyte, size: 100 * gibibyte, freeInodes: 1000, inodes: 2000 }
  const state = (change: Partial<Space>): string => checkSpace('disk', '/d', { ...roomy, ...change }, 100e6).state

  it('is an error if runs fail, a warning if little is left', () => {
    expect(state({})).toBe('ok')
    expect(state({ free: 99e6 })).toBe('missing')
    expect(state({ free: 4 * gibibyte })).toBe('note')
    // A large disk with 11 GiB has enough.
    expect(state({ free: 11 * gibibyte, size: 4000 * gibibyte })).toBe('ok')
    expect(state({ freeInodes: 0 })).toBe('missing')
    expect(state({ freeInodes: 20 })).toBe('note')
    // btrfs has no fixed number of inodes.
    expect(state({ freeInodes: 0, inodes: 0 })).toBe('ok')
  })

  it('is read from df', () => {
    expect(parseDf('  Avail 1B-blocks IFree Inodes\n  123 456 7 8\n')).toEqual({
      free: 123,
      size: 456,
      freeInodes: 7,
      inodes: 8,
    })
    expect(parseDf('Avail 1B-blocks IFree Inodes\n123 456 - -\n')).toMatchObject({ inodes: 0 })
    expect(parseDf('df: no such file')).toBeUndefined()
    expect(parseDf('')).toBeUndefined()
  })
})

describe('firewall', () => {
  const saved = (policy: string, ...rules: string[]): string =>
    `*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ${policy} [0:0]\n${rules.join('\n')}\nCOMMIT\n`
  const states = (...args: Parameters<typeof checkFirewall>): readonly string[] =>
    checkFirewall(...args).map(({ state, text }) => `${state} ${text}`)

  it('of HeroPods and Docker together is fine', () => {
    expect(states({ used: saved('DROP', '-A FORWARD -j HEROPODS-1-FORWARD'), nftChains: '' })).toEqual([
      'ok no other rules stop the traffic of containers',
    ])
  })

  it('of the other variant of iptables is a warning, and an error if it drops packets', () => {
    const used = saved('ACCEPT', '-A FORWARD -j HEROPODS-1-FORWARD')
    const other = (rules: string) => ({ program: 'iptables-legacy-save', rules })
    expect(states({ used, nftChains: '', otherVariant: other(saved('ACCEPT', '-A FORWARD -j X')) })[0]).toMatch(
      /^note .*legacy/,
    )
    expect(states({ used, nftChains: '', otherVariant: other(saved('DROP')) })[0]).toMatch(
      /^missing the chain FORWARD of iptables-legacy drops all/,
    )
    expect(states({ used, nftChains: '', otherVariant: other(saved('ACCEPT')) })[0]).toMatch(/^ok/)
  })

  it('of firewalld, ufw and own tables of nftables is recognised', () => {
    const firewalld =
      'table inet firewalld {\n\tchain filter_FORWARD {\n\t\ttype filter hook forward priority filter + 10; policy accept;'
    expect(states({ used: '', nftChains: firewalld })[0]).toMatch(/^note firewalld/)
    const own = 'table inet mine {\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy drop;'
    expect(states({ used: '', nftChains: own })[0]).toMatch(/^missing the table inet mine/)
    const iptables = own.replace('inet mine', 'ip filter')
    expect(states({ used: '', nftChains: iptables })[0]).toMatch(/^ok/)
    expect(states({ used: saved('DROP', '-A ufw-before-forward -j ACCEPT'), nftChains: '' })[0]).toMatch(/^note ufw/)
  })
})

it('a Redis without persistence or with a failed write is reported', () => {
  const info = (aof: number, status = 'ok'): string =>
    `redis_version:7.0.15\r\naof_enabled:${aof}\r\nrdb_last_bgsave_status:${status}\r\n`
  const state = (...args: Parameters<typeof persistenceOf>): string | undefined => persistenceOf(...args)[0]?.state
  expect(state(info(1), '')).toBe('ok')
  expect(state(info(0), '3600 1')).toBe('ok')
  expect(state(info(0), '')).toBe('note')
  expect(state(info(0), undefined)).toBe('ok')
  expect(state(info(1, 'err'), '')).toBe('missing')
  expect(persistenceOf('', '')).toEqual([])
})

describe('the service that starts containers after a reboot', () => {
  const unit = (command: 'boot' | 'watch', line: string) => ({
    name: `heropods-${command}.service`,
    text: `${(command === 'boot' ? bootUnits : watchUnits).mark}\n[Service]\n${line}\n`,
  })
  const states = (instance: string, units: Parameters<typeof bootCheck>[2]) =>
    bootCheck(instance, 2, units).map(({ state }) => state)

  it('is one of the instance, of boot or of watch', () => {
    expect(states('default', [unit('boot', 'ExecStart="node" "heropods.js" "boot" "--instance" "default"')])).toEqual([
      'ok',
    ])
    expect(states('default', [unit('watch', 'ExecStart="node" "heropods.js" "watch" "/srv"')])).toEqual(['ok'])
    expect(states('staging', [unit('watch', 'Environment="HEROPODS_INSTANCE=staging"')])).toEqual(['ok'])
    expect(states('staging', [unit('boot', 'ExecStart="node" "heropods.js" "boot" "--instance" "default"')])).toEqual([
      'note',
    ])
    expect(states('default', [{ name: 'nginx.service', text: '[Service]' }])).toEqual(['note'])
  })

  it('is not needed without a container that has a restart policy', () => {
    expect(bootCheck('default', 0, [])).toEqual([])
    expect(bootCheck('default', 1, [])[0]).toMatchObject({
      text: 'no service starts 1 container with a restart policy after a reboot',
      fix: expect.stringContaining('heropods boot install'),
    })
  })
})

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { RedisServer } from '../records/redis-server.ts'
import { hostState, Instance, sh } from '../support.ts'

const redis = new RedisServer()
const instance = new Instance()
let before: string
const inFolder = (name: string): string => join(instance.base, 'data', name)

const codes = (...args: string[]): readonly string[] => {
  const { stdout } = instance.heropods([...args, '--json'])
  return (JSON.parse(stdout) as { errors: { code: string }[] }).errors.map((one) => one.code)
}
const links = (): readonly { ifname: string; addr_info: { local: string }[] }[] => JSON.parse(sh('ip', '-j', 'address'))
const addressOf = (bridge: string): string | undefined =>
  links().find(({ ifname }) => ifname === bridge)?.addr_info[0]?.local

beforeAll(async () => {
  before = hostState()
  await redis.start('--maxmemory-policy', 'noeviction')
})

afterAll(async () => {
  for (const name of ['one', 'two', 'offline'])
    if (existsSync(inFolder(name))) {
      instance.ok('destroy', '--all', '--yes', '--instance', name)
      instance.ok('instance', 'rm', name, '--delete-data')
    }
  await redis.end()
  instance.end()
  expect(hostState()).toBe(before)
})

it('makes an instance without any other effect, and says if it exists', () => {
  expect(instance.heropods(['instance', 'exists', 'one']).code).toBe(1)
  const made = instance.ok(
    'instance',
    'new',
    'one',
    '--bridge',
    'hpone',
    '--subnet',
    '10.51.0.0/24',
    '--dns',
    '9.9.9.9',
  )
  expect(made).toBe(
    'instance one created: bridge hpone, subnet 10.51.0.0/24, gateway 10.51.0.1, name servers 9.9.9.9\n',
  )
  expect(instance.heropods(['instance', 'exists', 'one']).code).toBe(0)
  expect(statSync(join(inFolder('one'), 'settings.json')).mode & 0o777).toBe(0o600)
  expect(hostState()).toBe(before)
  expect(codes('instance', 'new', 'one')).toEqual(['already-exists'])
})

it('refuses wrong settings, and the bridge of another instance', () => {
  expect(codes('instance', 'new', 'bad', '--subnet', '10.52.0.1/24')).toEqual(['bad-subnet'])
  expect(codes('instance', 'new', 'bad', '--bridge', 'eth0')).toEqual(['bad-name'])
  expect(codes('instance', 'new', 'bad', '--bridge', 'hpone')).toEqual(['foreign-object'])
  expect(existsSync(inFolder('bad'))).toBe(false)
})

it('runs two instances side by side, each with its own bridge, subnet and name servers', () => {
  instance.ok('instance', 'new', 'two', '--bridge', 'hptwo', '--subnet', '10.52.0.0/24', '--gateway', '10.52.0.9')
  instance.stack('containers: { a: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s } }\n')
  const url = `unix://${redis.socket}`
  for (const name of ['one', 'two']) instance.apply('test.yaml', '--instance', name)
  expect([addressOf('hpone'), addressOf('hptwo'), addressOf('heropods0')]).toEqual([
    '10.51.0.1',
    '10.52.0.9',
    undefined,
  ])
  expect(instance.ok('exec', '--instance', 'one', 'a', 'cat', '/etc/resolv.conf')).toContain('nameserver 9.9.9.9')
  expect(instance.ok('exec', '--instance', 'two', 'a', 'ip', 'route')).toContain('default via 10.52.0.9')
  const ping = ['a', 'ping', '-c', '1', '-W', '1', '10.52.0.1']
  expect(instance.heropods(['exec', '--instance', 'one', ...ping]).code).toBe(1)
  for (const name of ['one', 'two'])
    expect(JSON.parse(instance.ok('diff', 'test.yaml', '--json', '--instance', name)).steps).toEqual([])
  instance.ok('destroy', '--all', '--yes', '--instance', 'two')
  expect(
    instance.heropods(['apply', '--yes', 'test.yaml', '--instance', 'two'], { HEROPODS_REDIS_URL: url }).code,
  ).toBe(0)
  expect(JSON.parse(redis.cli('hget', 'context:heropods', 'two'))).toMatchObject({
    name: 'two',
    base_dir: inFolder('two'),
    use_podman: true,
    bridge_name: 'hptwo',
    subnet: '10.52.0.0/24',
    gateway_ip: '10.52.0.9',
    dns_servers: ['8.8.8.8', '8.8.4.4'],
  })
  const destroyed = instance.heropods(['destroy', '--all', '--yes', '--instance', 'two'], { HEROPODS_REDIS_URL: url })
  expect(destroyed.code).toBe(0)
})

it('changes settings, but not those of a network that containers use', () => {
  expect(codes('instance', 'set', 'one', '--subnet', '10.53.0.0/24')).toEqual(['network-exists'])
  instance.ok('instance', 'set', 'one', '--dns', '9.9.9.10')
  instance.apply('test.yaml', '--instance', 'one')
  expect(instance.ok('exec', '--instance', 'one', 'a', 'cat', '/etc/resolv.conf')).toContain('nameserver 9.9.9.10')
  instance.ok('instance', 'set', 'two', '--subnet', '10.53.0.0/24')
  const { instances } = JSON.parse(instance.ok('instance', 'ls', '--json')) as { instances: { name: string }[] }
  expect(instances.find(({ name }) => name === 'two')).toMatchObject({
    subnet: '10.53.0.0/24',
    gateway_ip: '10.53.0.1',
  })
  expect(codes('instance', 'set', 'absent', '--dns', '9.9.9.9')).toEqual(['unknown-instance'])
})

it('uses an instance by default; the variable and the option have precedence', () => {
  expect(codes('instance', 'use', 'absent')).toEqual(['unknown-instance'])
  instance.ok('instance', 'use', 'one')
  expect(instance.ok('ps')).toMatch(/^a .*running/m)
  expect(instance.ok('instance', 'ls')).toMatch(/^one \* /m)
  expect(instance.heropods(['ps'], { HEROPODS_INSTANCE: 'two' }).stdout).not.toContain('running')
  expect(instance.ok('ps', '--instance', 'two')).not.toContain('running')
  expect(instance.ok('watch', 'install', '--print', '.')).toContain('HEROPODS_INSTANCE=one')
  const note = instance.heropods(['instance', 'use', 'one'], { HEROPODS_INSTANCE: 'two' }).stderr
  expect(note).toContain('unset HEROPODS_INSTANCE')
  instance.ok('instance', 'use', 'default')
  expect(instance.ok('ps')).not.toContain('running')
  instance.ok('instance', 'use', 'two')
  instance.ok('instance', 'rm', 'two', '--delete-data')
  expect(JSON.parse(instance.ok('instance', 'ls', '--json')).instances).toMatchObject([
    { name: 'one', isDefault: false },
  ])
})

it('resets one instance: its objects, not its settings', () => {
  const libraryFile = join(inFolder('one'), 'library', 'containers', 'b.json')
  mkdirSync(join(libraryFile, '..'), { recursive: true })
  writeFileSync(libraryFile, '{"image":"busybox"}')
  instance.apply('test.yaml')
  const pid = instance.pids().a
  expect(codes('instance', 'reset', 'absent', '--yes')).toEqual(['unknown-instance'])
  expect(codes('instance', 'reset', 'one')).toEqual(['not-agreed'])
  expect(instance.ok('ps', '--instance', 'one')).toMatch(/^a .*running/m)
  expect(existsSync(libraryFile)).toBe(true)
  instance.ok('instance', 'reset', 'one', '--yes')
  expect(JSON.parse(instance.ok('ps', '--json', '--instance', 'one')).containers).toEqual([])
  expect([existsSync(libraryFile), addressOf('hpone')]).toEqual([false, undefined])
  expect(JSON.parse(readFileSync(join(inFolder('one'), 'settings.json'), 'utf8'))).toMatchObject({
    network: { bridge: 'hpone' },
  })
  expect(instance.pids().a).toBe(pid)
  instance.ok('instance', 'reset', 'one', '--yes')
})

it('does not use podman if it is turned off', () => {
  instance.ok('instance', 'new', 'offline', '--no-podman')
  instance.stack('containers: { a: { image: "docker.io/library/alpine:3.20" } }\n', 'pulls')
  expect(codes('diff', 'pulls.yaml', '--instance', 'offline')).toEqual(['podman-off'])
  expect(codes('image', 'pull', 'docker.io/library/alpine:3.20', '--instance', 'offline')).toEqual(['podman-off'])
  instance.apply('test.yaml', '--instance', 'offline')
  expect(instance.ok('exec', '--instance', 'offline', 'a', 'echo', 'works')).toBe('works\n')
  instance.ok('instance', 'set', 'offline', '--podman')
  expect(JSON.parse(readFileSync(join(inFolder('offline'), 'settings.json'), 'utf8'))).toEqual({ use_podman: true })
})

it('refuses damaged settings', () => {
  const path = join(inFolder('offline'), 'settings.json')
  const good = readFileSync(path)
  for (const bad of ['{', '{"network":{"subnet":"10.0.0.1/33"}}', '{"network":{"bridge":7}}']) {
    writeFileSync(path, bad)
    expect(codes('diff', 'test.yaml', '--instance', 'offline')).toEqual(['record-damaged'])
    expect(instance.heropods(['instance', 'ls']).stderr).toContain('settings.json')
  }
  writeFileSync(path, good)
  rmSync(join(instance.base, 'pulls.yaml'))
})

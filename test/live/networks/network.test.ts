import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import type { NetworkSpec } from '../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { attach, detach } from '../../../src/providers/linux/network/attach.ts'
import { networkDrivers } from '../../../src/providers/linux/network/driver-registry.ts'
import { networkProviderOf } from '../../../src/providers/linux/network/provider.ts'
import { netnsName } from '../../../src/providers/linux/run-names.ts'
import type { ApplyItem, WriteContext } from '../../../src/providers/provider.ts'

const base = mkdtempSync('/tmp/hp-net-')
const paths = instancePaths({ HEROPODS_DIR: join(base, 'data'), HEROPODS_RUN_DIR: join(base, 'run') })
const write: WriteContext = {
  host: new LocalHost(),
  paths,
  once: (_key, read) => read(),
  abortSignal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
}
const lan: ResourceAddress = 's/network/lan'
const web: ResourceAddress = 's/container/web'
const peer: ResourceAddress = 's/container/peer'
const sh = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', timeout: 10_000 })
const spec: NetworkSpec = {
  driver: 'bridge',
  bridge: 'hptest0',
  subnet: '10.66.0.0/24',
  gateway: '10.66.0.1',
  internal: false,
  mtu: 1500,
  dns: { servers: [], search: [] },
  exclude: [],
  labels: {},
  members: [
    {
      container: web,
      ip: '10.66.0.2',
      mac: '02:00:00:00:00:02',
      names: ['web'],
      ports: [{ host_ip: '127.0.0.1', published: 8081, target: 80, protocol: 'tcp' }],
    },
    { container: peer, ip: '10.66.0.3', mac: '02:00:00:00:00:03', names: ['peer'], ports: [] },
  ],
  hosts: { abc: '10.66.0.2\tweb\n' },
}
const item: ApplyItem<'network'> = { address: lan, spec, actual: undefined, changes: [] }
const face = (ip: string, mac: string) => ({
  name: 'eth0',
  network: lan,
  driver: 'bridge',
  bridge: 'hptest0',
  ip,
  prefix: 24,
  mac,
  mtu: 1500,
  gateway: '10.66.0.1',
})

const networkProvider = networkProviderOf(networkDrivers, async () => {})

async function outcome(
  act: (done: (address: ResourceAddress, result: { error?: unknown }) => void) => Promise<void>,
): Promise<void> {
  let failure: unknown
  await act((_at, result) => {
    failure = result.error
  })
  if (failure) throw failure
}
const drift = async (): Promise<readonly string[]> => {
  const seen = (await networkProvider.observe(write, new Map())).get(lan)
  return seen?.presence === 'owned' ? seen.actual.drift : ['absent']
}
const repair = () => outcome((done) => networkProvider.update(write, [item], done as never))

let before: string
const hostState = (): string =>
  sh('ip', '-o', 'link')
    .replace(/[0-9]+: /g, '')
    .replace(/state \w+|<[^>]*>/g, '') +
  sh('iptables-save')
    .replace(/\[\d+:\d+\]|^#.*$/gm, '')
    .replace(/^\*\w+\n(:[A-Z]+ \w+ \n)*COMMIT\n/gm, '')
    .trim()

beforeAll(async () => {
  before = hostState()
  await outcome((done) => networkProvider.create(write, [item], done as never))
  const errors = await attach(write, [
    { container: web, interfaces: [face('10.66.0.2', '02:00:00:00:00:02')] },
    { container: peer, interfaces: [face('10.66.0.3', '02:00:00:00:00:03')] },
  ])
  expect([...errors]).toEqual([])
})

afterAll(() => rmSync(base, { recursive: true, force: true }))

const inside = (container: ResourceAddress, ...args: string[]): string =>
  sh('ip', 'netns', 'exec', netnsName(paths, container), ...args)

describe('a network', () => {
  it('has no drift when just made', async () => expect(await drift()).toEqual([]))

  it('gives each container its address, MAC and route', () => {
    expect(inside(web, 'ip', '-o', '-4', 'addr', 'show', 'eth0')).toContain('10.66.0.2/24')
    expect(inside(web, 'ip', '-o', 'link', 'show', 'eth0')).toContain('02:00:00:00:00:02')
    expect(inside(web, 'ip', 'route')).toContain('default via 10.66.0.1')
  })

  it('lets containers reach each other', () =>
    expect(inside(peer, 'busybox', 'ping', '-c1', '-W2', '10.66.0.2')).toContain('1 packets received'))

  it('keeps the MAC of its gateway, whoever joins or leaves, and when its bridge is made again', async () => {
    const mac = (): string | undefined => / link\/ether (\S+)/.exec(sh('ip', '-o', 'link', 'show', 'hptest0'))?.[1]
    expect(mac()).toBe('02:68:0a:42:00:01')
    sh('ip', 'link', 'add', 'hplow', 'address', '02:00:00:00:00:01', 'type', 'veth', 'peer', 'name', 'hplow1')
    sh('ip', 'link', 'set', 'hplow', 'master', 'hptest0', 'up')
    expect(mac()).toBe('02:68:0a:42:00:01')
    sh('ip', 'link', 'delete', 'hplow')
    expect(mac()).toBe('02:68:0a:42:00:01')
  })

  it('publishes a port on the host’s localhost', async () => {
    writeFileSync(join(base, 'index.html'), 'hello')
    const server = spawn('ip', [
      'netns',
      'exec',
      netnsName(paths, web),
      'busybox',
      'httpd',
      '-f',
      '-p',
      '80',
      '-h',
      base,
    ])
    try {
      const fetched = async (): Promise<string> =>
        (await fetch('http://127.0.0.1:8081/index.html', { signal: AbortSignal.timeout(1000) })).text()
      await expect.poll(() => fetched().catch(String), { timeout: 5000 }).toBe('hello')
    } finally {
      server.kill('SIGKILL')
    }
  })

  const breakages: readonly [string, RegExp, () => void][] = [
    ['a bridge set down', /is down/, () => sh('ip', 'link', 'set', 'hptest0', 'down')],
    ['a bridge without its address', /does not have the address/, () => sh('ip', 'addr', 'flush', 'dev', 'hptest0')],
    ['another mtu', /mtu 1400/, () => sh('ip', 'link', 'set', 'hptest0', 'mtu', '1400')],
    ['a flushed chain', /chain empty|rule missing/, () => sh('iptables', '-F', `HEROPODS-${paths.id}-FORWARD`)],
    ['a deleted jump', /jump missing/, () => sh('iptables', '-F', 'FORWARD')],
    [
      'a rule of someone else in our chain',
      /added by someone else/,
      () => sh('iptables', '-A', `HEROPODS-${paths.id}-FORWARD`, '-s', '192.0.2.77', '-j', 'DROP'),
    ],
    ['a flushed nat table', /chain empty|jump missing/, () => sh('iptables', '-t', 'nat', '-F')],
    ['forwarding off', /ip_forward/, () => sh('sysctl', '-w', 'net.ipv4.ip_forward=0')],
    ['an edited hosts file', /was edited/, () => sh('cp', '/etc/hostname', join(paths.run, 'hosts/abc'))],
  ]
  for (const [what, told, breakIt] of breakages) {
    it(`sees and mends ${what}`, async () => {
      breakIt()
      expect((await drift()).join('\n')).toMatch(told)
      await repair()
      expect(await drift()).toEqual([])
    })
  }

  it('leaves the host as it was', async () => {
    await detach(write, [web, peer])
    await outcome((done) => networkProvider.remove(write, [item], { deleteData: true }, done as never))
    expect(hostState()).toBe(before)
  })
})

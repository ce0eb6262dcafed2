import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance, type PlanStep } from './support.ts'

const instance = new Instance()
const others = `
  other: { image: busybox, command: [sleep, "1000"], networks: [lan], stop_grace_period: 0s }`

const stackOf = (fields: string, networks = ''): string => `
variables: { unused: { default: x } }
networks:
  lan: { subnet: 10.71.0.0/24${networks} }
  side: { subnet: 10.71.1.0/24 }
volumes: { data: , more: }
configs: { one: { content: first }, two: { content: second } }
secrets: { key: { content: hidden-value } }
containers:
  app:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
${fields.replace(/^/gm, '    ')}${/networks:|network_mode:/.test(fields) ? '' : '\n    networks: [lan]'}
${others}
`

/** field -> what is stated instead of nothing, the class its change must have, and the path that tells it. */
const fields: readonly (readonly [string, string, 'live' | 'recreate', RegExp])[] = [
  ['environment', 'environment: { A: "1" }', 'recreate', /^\/environment\/A$/],
  ['entrypoint', 'entrypoint: [/bin/busybox]', 'recreate', /^\/entrypoint/],
  ['working_dir', 'working_dir: /tmp', 'recreate', /^\/working_dir$/],
  ['user', 'user: "33:33"', 'recreate', /^\/user$/],
  ['group_add', 'group_add: [1]', 'recreate', /^\/group_add/],
  ['hostname', 'hostname: other-name', 'recreate', /^\/hostname$/],
  ['networks', 'networks: [lan, side]', 'recreate', /^\/networks/],
  ['ipv4_address', 'networks: { lan: { ipv4_address: 10.71.0.77 } }', 'recreate', /^\/networks\/0\/ipv4_address$/],
  ['aliases', 'networks: { lan: { aliases: [www] } }', 'live', /^\/networks\/0\/aliases/],
  ['network_mode', 'network_mode: none', 'recreate', /^\/network_mode$/],
  ['ports', 'ports: ["18071:80"]', 'live', /^\/ports/],
  ['expose', 'expose: [80]', 'live', /^\/expose/],
  ['dns', 'dns: [192.0.2.53]', 'live', /^\/dns/],
  ['dns_search', 'dns_search: [example.org]', 'live', /^\/dns_search/],
  ['dns_opt', 'dns_opt: ["ndots:2"]', 'live', /^\/dns_opt/],
  ['extra_hosts', 'extra_hosts: { db: 192.0.2.7 }', 'recreate', /^\/extra_hosts/],
  ['volumes', 'volumes: ["data:/data"]', 'recreate', /^\/mounts/],
  ['tmpfs', 'tmpfs: /scratch', 'recreate', /^\/mounts/],
  ['configs', 'configs: [one]', 'recreate', /^\/files/],
  ['secrets', 'secrets: [key]', 'recreate', /^\/files/],
  ['read_only', 'read_only: true', 'recreate', /^\/read_only$/],
  ['shm_size', 'shm_size: 32m', 'recreate', /^\/shm_size$/],
  ['mem_limit', 'mem_limit: 64m', 'live', /^\/mem_limit$/],
  ['mem_reservation', 'mem_reservation: 32m', 'live', /^\/mem_reservation$/],
  ['memswap_limit', 'mem_limit: 64m\nmemswap_limit: 96m', 'live', /^\/memswap_limit$/],
  ['cpus', 'cpus: 0.5', 'live', /^\/cpu_quota$/],
  ['cpu_quota', 'cpu_quota: 40000', 'live', /^\/cpu_quota$/],
  ['cpu_shares', 'cpu_shares: 512', 'live', /^\/cpu_shares$/],
  ['cpuset', 'cpuset: "0"', 'live', /^\/cpuset$/],
  ['pids_limit', 'pids_limit: 40', 'live', /^\/pids_limit$/],
  ['blkio_config', 'blkio_config: { weight: 300 }', 'live', /^\/blkio_config/],
  ['cap_add', 'cap_add: [NET_ADMIN]', 'recreate', /^\/cap_add/],
  ['cap_drop', 'cap_drop: [ALL]', 'recreate', /^\/cap_drop/],
  ['privileged', 'privileged: true', 'recreate', /^\/privileged$/],
  ['security_opt', 'security_opt: ["no-new-privileges:false"]', 'recreate', /^\/no_new_privileges$/],
  ['seccomp', 'security_opt: ["seccomp:unconfined"]', 'recreate', /^\/seccomp$/],
  ['devices', 'devices: [/dev/net/tun]', 'recreate', /^\/devices/],
  ['ulimits', 'ulimits: { nofile: 1000 }', 'recreate', /^\/ulimits/],
  ['sysctls', 'sysctls: { net.ipv4.ip_forward: 1 }', 'recreate', /^\/sysctls/],
  ['init', 'init: true', 'recreate', /^\/init$/],
  ['tty', 'tty: true', 'recreate', /^\/tty$/],
  ['stdin_open', 'stdin_open: true', 'recreate', /^\/stdin_open$/],
  ['keep_alive', 'keep_alive: true', 'recreate', /^\/keep_alive$/],
  ['healthcheck', 'healthcheck: { tcp: 80 }', 'live', /^\/healthcheck$/],
  ['on_unhealthy', 'on_unhealthy: { action: restart }', 'live', /^\/on_unhealthy$/],
  ['restart', 'restart: always', 'live', /^\/restart/],
  ['stop_signal', 'stop_signal: SIGINT', 'live', /^\/stop_signal$/],
  ['logging', 'logging: { options: { max-size: 1m } }', 'live', /^\/logging/],
  ['labels', 'labels: { tier: web }', 'live', /^\/labels/],
  ['annotations', 'annotations: { note: x }', 'live', /^\/annotations/],
  ['depends_on', 'depends_on: [other]', 'live', /^\/depends_on/],
]

const ofApp = (steps: readonly PlanStep[]): PlanStep | undefined =>
  steps.find((step) => step.address === 'test/container/app')

beforeAll(() => {
  instance.stack(stackOf(''))
  instance.apply()
  expect(instance.steps()).toEqual([])
})
afterAll(() => instance.end())

describe('changing a field plans exactly its class', () => {
  for (const [name, stated, changeClass, path] of fields) {
    it(`${name}: ${changeClass}`, () => {
      instance.stack(stackOf(stated))
      const steps = instance.steps()
      const step = ofApp(steps)
      expect(step?.class).toBe(changeClass)
      expect(step?.action).toBe(changeClass === 'live' ? 'update' : 'recreate')
      const change = step?.changes.find((one) => path.test(one.path))
      expect(change, JSON.stringify(step?.changes)).toBeDefined()
      expect(change?.before === change?.after).toBe(false)
      expect(step?.reason).toMatch(/changed/)
      expect(steps.filter((one) => one.address === 'test/container/other')).toEqual([])
    })
  }

  it('a secret’s content is never in a plan', () => {
    instance.stack(stackOf('secrets: [key]'))
    expect(instance.ok('diff', 'test.yaml', '--json')).not.toContain('hidden-value')
    expect(instance.ok('diff', 'test.yaml')).not.toContain('hidden-value')
  })
})

describe('applying changes', () => {
  it('changes live fields without touching any process', () => {
    const live = fields.filter(([, , changeClass]) => changeClass === 'live').map(([, stated]) => stated)
    const before = instance.pids()
    const together = [
      'ports: ["18071:80"]',
      'dns: [192.0.2.53]',
      'mem_limit: 64m',
      'cpus: 0.5',
      'pids_limit: 40',
      'restart: always',
      'labels: { tier: web }',
      'networks: { lan: { aliases: [www] } }',
    ]
    expect(live.length).toBeGreaterThan(15)
    instance.stack(stackOf(together.join('\n')))
    expect(ofApp(instance.steps())?.action).toBe('update')
    instance.apply()
    expect(instance.steps()).toEqual([])
    expect(instance.pids()).toEqual(before)
    expect(instance.exec('app', 'cat', '/etc/resolv.conf')).toContain('192.0.2.53')
    expect(instance.exec('other', 'cat', '/etc/hosts')).toMatch(/app www/)
  })

  it('goes back to nothing stated, still without touching a process', () => {
    const before = instance.pids()
    instance.stack(stackOf(''))
    instance.apply()
    expect(instance.steps()).toEqual([])
    expect(instance.pids()).toEqual(before)
  })

  it('recreates with the same address and MAC, and leaves others alone', () => {
    const before = instance.containers()
    instance.stack(stackOf('environment: { A: "1" }'))
    instance.apply()
    const after = instance.containers()
    expect(after.get('app')?.pid).not.toBe(before.get('app')?.pid)
    expect(after.get('app')?.networks).toEqual(before.get('app')?.networks)
    expect(after.get('other')?.pid).toBe(before.get('other')?.pid)
    expect(instance.exec('app', 'env')).toContain('A=1')
    expect(instance.steps()).toEqual([])
  })

  it('every recreate field comes up and leaves an empty plan', { timeout: 300_000 }, () => {
    const apart = [
      'network_mode',
      'ipv4_address',
      'networks',
      'entrypoint',
      'read_only',
      'user',
      'working_dir',
      'security_opt',
      'privileged',
      'cap_drop',
    ]
    const recreated = fields
      .filter(([name, , changeClass]) => changeClass === 'recreate' && !apart.includes(name))
      .map(([, stated]) => stated)
    instance.stack(stackOf(recreated.join('\n')))
    instance.apply()
    expect(instance.steps()).toEqual([])
    for (const name of apart) {
      const [, stated] = fields.find(([field]) => field === name) as (typeof fields)[number]
      instance.stack(stackOf(name === 'entrypoint' ? `${stated}` : stated))
      instance.apply()
      expect(instance.steps(), name).toEqual([])
    }
  })

  it('replaces a network together with what stands on it', () => {
    instance.stack(stackOf(''))
    instance.apply()
    instance.stack(stackOf('').replace('10.71.0.0/24', '10.72.0.0/24'))
    const steps = instance.steps()
    expect(
      steps
        .filter((step) => step.class === 'replace')
        .map((step) => `${step.action} ${step.address}`)
        .sort(),
    ).toEqual([
      'create test/container/app',
      'create test/container/other',
      'create test/network/lan',
      'delete test/container/app',
      'delete test/container/other',
      'delete test/network/lan',
    ])
    instance.apply()
    expect(instance.steps()).toEqual([])
    expect(instance.containers().get('app')?.ip).toMatch(/^10\.72\.0\./)
  })
})

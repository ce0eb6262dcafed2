import { expect, it } from 'vitest'
import { containerClasses } from '../../../src/model/kinds/classes/container-change-classes.ts'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import { containerRules } from '../../../src/model/kinds/rules/container.ts'
import { renderSteps } from '../../../src/report/plan-text.ts'
import { makeStyle } from '../../../src/report/style.ts'
import { containerSpec, planStep } from '../../specs.ts'

const times = { timeout: 1, retries: 3, start_period: 0, start_interval: 5000 }
const file = { kind: 'config', name: 'a', target: '/a', mode: '0444', uid: '', gid: '', content: 'text:a' } as const

/** Two values of each field, except of `service`, which is not shown: the key is in the address. */
const samples: { readonly [F in keyof ContainerSpec]-?: readonly [ContainerSpec[F], ContainerSpec[F]] } = {
  service: ['a', 'b'],
  image: ['s/image/a', 's/image/b'],
  image_digest: [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`],
  command: [['a'], ['a', 'b']],
  entrypoint: [undefined, ['a']],
  environment: [{ A: '1' }, { A: '2' }],
  working_dir: [undefined, '/a'],
  user: [undefined, '0'],
  group_add: [[], ['1']],
  hostname: ['a', 'b'],
  network_mode: ['bridge', 'none'],
  networks: [[], [{ network: 's/network/n', aliases: [], ipv4_address: '10.0.0.2', static: false, mac: '' }]],
  ports: [[], [{ host_ip: '::', published: 1, target: 2, protocol: 'udp' }]],
  expose: [[], ['1']],
  dns: [['1.1.1.1'], undefined],
  dns_search: [['a'], ['b']],
  dns_opt: [['a:1'], ['a:2']],
  extra_hosts: [{ a: '1.1.1.1' }, { a: ['1.1.1.1', '1.1.1.2'] }],
  mounts: [[{ type: 'anonymous', target: '/a' }], [{ type: 'tmpfs', target: '/a', size: '50%', mode: '1777' }]],
  files: [[file], [{ ...file, content: 'text:b' }]],
  read_only: [false, true],
  shm_size: [1024, 2048],
  mem_limit: [0, 1024],
  mem_reservation: [1024, 2048],
  memswap_limit: [1024, -1],
  cpu_period: [100_000, 50_000],
  cpu_quota: [-1, 1000],
  cpu_shares: [0, 2],
  cpuset: ['', '0'],
  pids_limit: [-1, 1],
  blkio_config: [
    undefined,
    {
      weight: 300,
      weight_device: [{ path: '/dev/a', weight: 10 }],
      device_read_bps: [{ path: '/dev/a', rate: 1024 }],
      device_write_bps: [],
      device_read_iops: [],
      device_write_iops: [{ path: '/dev/a', rate: 7 }],
    },
  ],
  cap_add: [[], ['CHOWN']],
  cap_drop: [['CHOWN'], []],
  privileged: [false, true],
  no_new_privileges: [true, false],
  seccomp: ['default', '/a'],
  apparmor: ['', 'a'],
  devices: [[], [{ source: '/dev/a', target: '/dev/b', permissions: 'r' }]],
  ulimits: [{ nofile: { soft: 1, hard: 1 } }, { nofile: { soft: -1, hard: -1 } }],
  sysctls: [{}, { a: '1' }],
  init: [false, true],
  tty: [false, true],
  stdin_open: [false, true],
  keep_alive: [false, true],
  healthcheck: [
    { tcp: 1, interval: 1000, ...times },
    { tcp: 1, interval: 2000, ...times },
  ],
  on_unhealthy: [undefined, { action: 'restart', limit: 1, window: 1000 }],
  restart: [
    { policy: 'on-failure', max_retries: 0 },
    { policy: 'on-failure', max_retries: 2 },
  ],
  stop_signal: [undefined, 'SIGINT'],
  stop_grace_period: [0, 10_000],
  verify: [undefined, 3000],
  logging: [
    { max_size: 1024, max_file: 3 },
    { max_size: 2048, max_file: 3 },
  ],
  labels: [{ a: '' }, {}],
  annotations: [{}, { a: 'b' }],
  depends_on: [[], [{ container: 's/container/a', condition: 'service_started' }]],
}

const withField = (field: string, value: unknown): ContainerSpec => {
  const { [field]: _, ...rest } = { ...containerSpec() } as Record<string, unknown>
  return { ...rest, ...(value !== undefined && { [field]: value }) } as unknown as ContainerSpec
}

const fields = Object.keys(containerClasses).filter((field) => field !== 'service')

it.each(fields)('a change of %s has a line in a plan, in both directions', (field) => {
  const pair = samples[field as keyof ContainerSpec]
  for (const [from, to] of [pair, [...pair].reverse()]) {
    const after = withField(field, to)
    const changes = containerRules.changes(withField(field, from), after)
    expect(changes.length).toBeGreaterThan(0)
    const step = planStep('s/container/a', 'update', changes, { spec: after })
    const lines = renderSteps([{ ...step, spec: after } as typeof step], { style: makeStyle(false) })
      .split('\n')
      .slice(2)
    expect(lines.filter((line) => /^ {6}[-+~] /.test(line)).length).toBeGreaterThan(0)
  }
})

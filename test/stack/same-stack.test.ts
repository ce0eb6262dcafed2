import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { diffContainer } from '../../src/providers/linux/container/diff.ts'
import { ownedContainer } from '../specs.ts'
import { stackFolder } from './support.ts'

const { container } = stackFolder()
const parts =
  'networks: { lan: { subnet: 10.1.0.0/24 } }\nvolumes: { d: , e: }\nconfigs: { p: { content: p }, q: { content: q } }\nsecrets: { s: { content: s }, t: { content: t } }\n'
const others = '  b: { image: busybox }\n  c: { image: busybox }\n'
const of = (fields: string) => container(`${parts}containers:\n  a: { image: busybox, ${fields} }\n${others}`)

const diff = (before: ContainerSpec, after: ContainerSpec) => diffContainer(after, ownedContainer(before))

describe('the order of a list that has none changes nothing', () => {
  it.each([
    ['cap_add: [NET_ADMIN, SYS_TIME]', 'cap_add: [CAP_SYS_TIME, net_admin, NET_ADMIN]'],
    ['cap_drop: [SETFCAP, MKNOD]', 'cap_drop: [cap_mknod, SETFCAP]'],
    ['environment: [A=1, B=2]', 'environment: { B: 2, A: "1" }'],
    [
      'ports: ["18080:80", "18443:443/udp", "127.0.0.1:90-92:90-92"]',
      'ports: ["92:92", "18443:443/udp", "18080:80", "90-91:90-91"]',
    ],
    ['volumes: ["d:/d", "e:/e", "/s:/s", /x]', 'volumes: [/x, "/s/:/s/", "e:/e", "d:/d"]'],
    ['volumes: ["d:/d", "e:/d/e"]', 'volumes: ["e:/d/e", "d:/d"]'],
    ['tmpfs: [/t1, "/t2:uid=5,exec,size=64m"]', 'tmpfs: ["/t2:exec,size=65536k,uid=5", /t1]'],
    ['extra_hosts: ["one=192.0.2.1", "two=192.0.2.2"]', 'extra_hosts: { two: 192.0.2.2, one: 192.0.2.1 }'],
    ['labels: [x=1, y=2]', 'labels: { y: "2", x: 1 }'],
    ['annotations: { a: b, c: d }', 'annotations: [c=d, a=b]'],
    ['ulimits: { nofile: 1024, nproc: 512 }', 'ulimits: { nproc: { soft: 512, hard: 512 }, nofile: 1024 }'],
    [
      'sysctls: [net.core.somaxconn=256, net.ipv4.ip_forward=0]',
      'sysctls: { net.ipv4.ip_forward: "0", net.core.somaxconn: 256 }',
    ],
    [
      'devices: [/dev/null, "/dev/zero:/dev/z:mrw"]',
      'devices: ["/dev/zero:/dev/z:rwm", { source: /dev/null, target: /dev/null }]',
    ],
    ['group_add: [5, audio]', 'group_add: [audio, "5", 5]'],
    ['dns_opt: [ndots:1, use-vc]', 'dns_opt: [use-vc, ndots:1]'],
    ['expose: [80, "443/tcp"]', 'expose: ["443", "80"]'],
    [
      'security_opt: [no-new-privileges:false, seccomp:unconfined]',
      'security_opt: [seccomp=unconfined, "no-new-privileges=false"]',
    ],
    ['configs: [p, q]', 'configs: [{ source: q }, { source: p, target: /p, mode: "444" }]'],
    ['secrets: [s, t]', 'secrets: [t, { source: s, target: s, mode: "0444" }]'],
    ['depends_on: [b, c]', 'depends_on: { c: { condition: service_started }, b: {} }'],
    ['networks: { lan: { aliases: [x, y] } }', 'networks: { lan: { aliases: [y, x, y] } }'],
    ['profiles: []', ''],
  ])('%s / %s', async (one, other) => {
    expect(await of(other)).toEqual(await of(one))
  })
})

describe('another spelling of the same value changes nothing', () => {
  it.each([
    ['mem_limit: 64m', 'mem_limit: 67108864'],
    ['mem_limit: 64m', 'deploy: { resources: { limits: { memory: "65536 kB" } } }'],
    ['shm_size: 1g', 'shm_size: "1024MiB"'],
    ['stop_grace_period: 90s', 'stop_grace_period: 1m30s'],
    ['cpus: 1.5', 'cpus: "1.50"'],
    ['cpus: 0.5', 'cpu_quota: 50000'],
    ['pids_limit: 10', 'pids_limit: "010"'],
    ['user: 1000', 'user: "1000"'],
    ['command: sh -c "a b"', 'command: [sh, -c, "a b"]'],
    ['restart: "no"', 'restart: false'],
    ['restart: on-failure:3', 'deploy: { restart_policy: { condition: on-failure, max_attempts: 3 } }'],
    ['dns: 9.9.9.9', 'dns: [9.9.9.9]'],
    ['stop_signal: TERM', 'stop_signal: SIGTERM'],
    ['ports: ["8000-8001:80-81"]', 'ports: [{ published: "8000", target: 80 }, "127.0.0.1:8001:81/tcp"]'],
    ['ports: ["0.0.0.0:80:80"]', 'ports: [{ published: 80, target: 80, public: true }]'],
    ['volumes: ["./x:/x"]', 'volumes: [{ type: bind, source: ./y/../x, target: /x/ }]'],
    ['healthcheck: { test: "true", interval: 60s }', 'healthcheck: { test: [CMD-SHELL, "true"], interval: 1m }'],
    ['image: busybox', 'image: busybox, pull_policy: if_not_present'],
  ])('%s / %s', async (one, other) => {
    const image = (fields: string) =>
      fields.startsWith('image') ? fields.replace('image: busybox', 'tty: false') : fields
    expect(await of(image(other))).toEqual(await of(image(one)))
  })
})

describe('a record of an older version', () => {
  it('with lists in another order is no change', async () => {
    const now = await of(
      'volumes: ["d:/d", "e:/e"], tmpfs: ["/t:mode=01777"], ports: ["80:80", "443:443"], group_add: [a, b], expose: [80], configs: [p, q], devices: [/dev/null, /dev/zero], depends_on: [b, c]',
    )
    const record: ContainerSpec = {
      ...now,
      mounts: [...now.mounts].reverse().map((one) => (one.type === 'tmpfs' ? { ...one, mode: '01777' } : one)),
      ports: [...now.ports].reverse(),
      group_add: ['b', 'a'],
      expose: ['80/tcp'],
      files: [...now.files].reverse(),
      devices: [...now.devices].reverse().map((one) => ({ ...one, permissions: 'wrm' })),
      depends_on: [...now.depends_on].reverse(),
    }
    expect(diff(record, now)).toEqual({ action: 'keep' })
  })

  it('that differs besides shows only that', async () => {
    const now = await of('volumes: ["d:/d", "e:/e"], mem_limit: 64m')
    const record = { ...now, mounts: [...now.mounts].reverse(), mem_limit: 1048576 }
    expect(diff(record, now)).toMatchObject({ action: 'update', changes: [{ path: '/mem_limit' }] })
  })
})

it('an order that has a meaning is a change', async () => {
  const two = 'networks: { lan: { subnet: 10.1.0.0/24 }, wan: { subnet: 10.2.0.0/24 } }\n'
  for (const [one, other] of [
    ['networks: [lan, wan]', 'networks: [wan, lan]'],
    ['networks: [lan], command: [a, b]', 'networks: [lan], command: [b, a]'],
    ['networks: [lan], dns: [9.9.9.9, 1.1.1.1]', 'networks: [lan], dns: [1.1.1.1, 9.9.9.9]'],
    ['networks: [lan], dns_search: [a, b]', 'networks: [lan], dns_search: [b, a]'],
    [
      'networks: [lan], extra_hosts: { a: [192.0.2.1, 192.0.2.2] }',
      'networks: [lan], extra_hosts: { a: [192.0.2.2, 192.0.2.1] }',
    ],
    ['networks: [lan], dns_opt: [ndots:1, ndots:2]', 'networks: [lan], dns_opt: [ndots:2, ndots:1]'],
  ]) {
    const [left, right] = [one, other].map((fields) =>
      container(`${two}containers: { a: { image: busybox, ${fields} } }`),
    )
    expect(diff(await (left as Promise<ContainerSpec>), await (right as Promise<ContainerSpec>)).action, one).not.toBe(
      'keep',
    )
  }
})

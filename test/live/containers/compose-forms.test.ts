import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

let instance: Instance
let host = ''
const lines = (text: string): readonly string[] => text.trim().split('\n')

beforeAll(() => {
  host = hostState()
  instance = new Instance()
  instance.write(
    'app.env',
    'BEFORE=1\nKEY="-----BEGIN KEY-----\nbm90IGEga2V5IGF0IGFsbA==\n-----END KEY-----"\nAFTER=\'$x # y\'\n',
  )
  instance.stack(`
variables: { pin: {}, host: {}, account: { default: 1147053346671102335 } }
networks: { lan: { subnet: 10.73.0.0/24 } }
volumes: { d: , e: }
services:
  app:
    image: busybox
    hostname: "\${host:-}"
    command: [sh, -c, 'echo "$$0 $$1"; exec sleep 1000', 9007199254740993, 24.10]
    env_file: ./app.env
    environment: { PIN: "\${pin:-007}", ACCOUNT: "\${account}", RELEASE: 24.10, ZIP: 01099 }
    extra_hosts: ["queue=192.0.2.12", "queue=192.0.2.11", "six=[2001:db8::1]"]
    tmpfs: ["/srv:uid=33,gid=34,mode=0750,size=50%,nr_inodes=4k,exec,noatime", "/tmp:mode=0700"]
    volumes: ["d:/d", "e:/e", { type: tmpfs, target: /var/x, tmpfs: { mode: "0711", options: [uid=5] } }]
    ports: ["\${host:-}:18080:80", "18443:443"]
    depends_on: { tool: { required: false } }
    restart: always
    stop_grace_period: 0s
  tool: { image: busybox, command: [sleep, "1000"], profiles: [tools] }
  pool: { image: busybox, command: [sleep, "1000"], deploy: { replicas: 2 }, restart: unless-stopped, stop_grace_period: 0s }
`)
  instance.apply()
}, 60_000)
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

it('values and arguments reach the process as they are written', () => {
  const environment = instance.exec('app', 'env')
  for (const text of [
    'PIN=007',
    'ACCOUNT=1147053346671102335',
    'RELEASE=24.10',
    'ZIP=01099',
    'BEFORE=1',
    'KEY=-----BEGIN KEY-----\nbm90IGEga2V5IGF0IGFsbA==\n-----END KEY-----',
    'AFTER=$x # y',
  ])
    expect(`\n${environment}`).toContain(`\n${text}\n`)
  expect(instance.ok('logs', 'app').trim()).toBe('9007199254740993 24.10')
})

it('/etc/hosts has all addresses of a name, and every replica by its host name', () => {
  const hosts = lines(instance.exec('app', 'cat', '/etc/hosts')).map((line) => line.split('\t'))
  expect(hosts.filter(([, names]) => names === 'queue').map(([ip]) => ip)).toEqual(['192.0.2.12', '192.0.2.11'])
  expect(hosts).toContainEqual(['2001:db8::1', 'six'])
  const [first, second] = [instance.containers().get('pool.1')?.ip, instance.containers().get('pool.2')?.ip]
  expect(hosts).toContainEqual([first, 'pool.1 pool pool-1'])
  expect(hosts).toContainEqual([second, 'pool.2 pool pool-2'])
  expect(instance.exec('pool.1', 'hostname').trim()).toBe('pool')
})

it('a tmpfs has its options, also over a folder of the image', () => {
  expect(lines(instance.exec('app', 'stat', '-c', '%n %a %u:%g', '/srv', '/tmp', '/var/x'))).toEqual([
    '/srv 750 33:34',
    '/tmp 700 0:0',
    '/var/x 711 5:0',
  ])
  const mounts = new Map(
    lines(instance.exec('app', 'cat', '/proc/mounts')).map((line) => [line.split(' ')[1], line.split(' ')[3]]),
  )
  expect(mounts.get('/srv')).toMatch(/^rw,nosuid,nodev,noatime,size=\d+k,nr_inodes=4096,mode=750,uid=33,gid=34/)
  expect(mounts.get('/tmp')).toMatch(/nosuid,nodev,noexec/)
})

it('a volume can be a file system: its containers share it, a lost mount is drift, and it goes with its stack', () => {
  const stack = (options: string): void => {
    const container = (volume: string): string =>
      `{ image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, volumes: ["${volume}"] }`
    instance.stack(
      `volumes: { ram: { driver: local, driver_opts: { type: tmpfs, o: "${options}" } } }\ncontainers:\n  one: ${container('ram:/ram')}\n  two: ${container('ram:/ram:ro')}\n`,
      'ram',
    )
  }
  const mountIn = (name: string): string =>
    instance.exec(`ram/${name}`, 'sed', '-n', '/ .ram /p', '/proc/self/mountinfo')
  const place = join(instance.data, 'volumes/ram/ram')
  stack('size=4m,noexec')
  instance.apply('ram.yaml')
  expect(instance.steps('ram.yaml')).toEqual([])
  instance.exec('ram/one', 'sh', '-c', 'echo shared > /ram/file')
  expect(instance.exec('ram/two', 'cat', '/ram/file')).toBe('shared\n')
  expect(mountIn('one')).toMatch(/ rw,noexec,relatime - tmpfs tmpfs .*size=4096k/)
  sh('umount', place)
  expect(instance.steps('ram.yaml').map(({ address, reason }) => [address, reason])).toEqual([
    ['ram/volume/ram', 'its file system is not mounted'],
    ['ram/container/one', 'the memory at /ram is no longer that of its volume'],
    ['ram/container/two', 'the memory at /ram is no longer that of its volume'],
  ])
  instance.apply('ram.yaml')
  expect(instance.steps('ram.yaml')).toEqual([])
  const before = instance.pids()
  stack('size=8m')
  instance.apply('ram.yaml')
  expect(instance.steps('ram.yaml')).toEqual([])
  expect(instance.pids()['ram/one']).not.toBe(before['ram/one'] ?? 0)
  expect(mountIn('one')).toMatch(/ rw,relatime - tmpfs tmpfs .*size=8192k/)
  expect(instance.ok('destroy', 'ram', '--yes')).toContain('ram/volume/ram  delete, ERASES ITS DATA')
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(place)
  expect(existsSync(place)).toBe(false)
  instance.stack(
    'volumes: { nas: { driver_opts: { type: nfs, o: "addr=127.0.0.1,port=9", device: ":/data" } } }\ncontainers: { one: { image: busybox, volumes: ["nas:/nas"] } }\n',
    'nas',
  )
  const refused = instance.heropods(['apply', '--yes', 'nas.yaml'])
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('The server of nas/volume/nas does not answer: TCP 127.0.0.1:9: connection refused.')
})

it('lists in another order, and other spellings, are no change', () => {
  const before = instance.pids()
  instance.stack(`
variables: { account: { default: "1147053346671102335" } }
networks: { lan: { subnet: 10.73.0.0/24 } }
volumes: { e: , d: }
containers:
  pool: { image: busybox, command: sleep 1000, deploy: { replicas: "2" }, restart: unless-stopped, stop_grace_period: 0 }
  tool: { image: busybox, command: [sleep, "1000"], profiles: [tools] }
  app:
    image: busybox
    command: [sh, -c, 'echo "$$0 $$1"; exec sleep 1000', "9007199254740993", "24.10"]
    env_file: [{ path: app.env }]
    environment: [ZIP=01099, RELEASE=24.10, "ACCOUNT=\${account}", PIN=007]
    extra_hosts: { six: "2001:db8::1", queue: [192.0.2.12, 192.0.2.11] }
    tmpfs: ["/tmp:mode=700", "/srv:noatime,exec,nr_inodes=4096,size=50%,mode=750,gid=34,uid=33"]
    volumes: ["e:/e/", { type: tmpfs, target: /var/x, tmpfs: { mode: "711", options: [uid=5] } }, "d:/d:rw,z"]
    ports: ["18443:443/tcp", { published: 18080, target: 80, host_ip: 127.0.0.1 }]
    deploy: { restart_policy: { condition: any } }
    stop_grace_period: 0s
`)
  expect(instance.steps()).toEqual([])
  expect(instance.ok('diff', 'test.yaml', '--exit-code')).toContain('No changes')
  expect(instance.pids()).toEqual(before)
})

it('a stopped container stays stopped under always and unless-stopped alike, until apply', async () => {
  instance.ok('stop', 'app', 'pool')
  await new Promise((resolve) => setTimeout(resolve, 500))
  const states = (): readonly (string | undefined)[] =>
    ['app', 'pool.1', 'pool.2'].map((name) => instance.containers().get(name)?.state)
  expect(states()).toEqual(['stopped', 'stopped', 'stopped'])
  instance.apply()
  expect(states()).toEqual(['running', 'running', 'running'])
})

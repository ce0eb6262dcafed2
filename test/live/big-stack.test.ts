import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cgroupValue, v1 } from './containers/cgroup.ts'
import { buildImage, Registry } from './images/registry.ts'
import { hostState, Instance, sh } from './support.ts'

const registry = new Registry()
const instance = new Instance(registry.environment)
let before = ''

const proc = (name: string, file: string): string =>
  readFileSync(`/proc/${instance.containers().get(name)?.pid}/${file}`, 'utf8')
const cgroup = (name: string, controller: string, file: string): string =>
  cgroupValue(instance.containers().get(name)?.pid, controller, file)
const status = (name: string, field: string): string =>
  new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(proc(name, 'status'))?.[1] ?? ''

beforeAll(async () => {
  before = hostState()
  await registry.start()
  buildImage(registry, 'shop/web', {
    Entrypoint: ['/bin/sh', '-c'],
    Cmd: ['exec httpd -f -p 8080 -h /srv'],
    Env: ['FROM_IMAGE=yes', 'SHARED=image'],
    WorkingDir: '/srv',
    User: 'www-data',
    Volumes: { '/var/lib/app': {} },
    StopSignal: 'SIGINT',
    Labels: { origin: 'test' },
    ExposedPorts: { '8080/tcp': {} },
  })
  instance.write('rootfs/bin/.keep', '')
  sh('cp', '/bin/busybox', join(instance.base, 'rootfs/bin/busybox'))
  for (const applet of ['sh', 'sleep', 'cat']) sh('ln', '-sf', 'busybox', join(instance.base, 'rootfs/bin', applet))
  sh('tar', '-czf', join(instance.base, 'legacy.tgz'), '-C', join(instance.base, 'rootfs'), '.')
  mkdirSync(join(instance.base, 'bound'))
  writeFileSync(join(instance.base, 'bound/file'), 'from the host')
  writeFileSync(join(instance.base, 'one.conf'), 'single file')
  writeFileSync(join(instance.base, 'secret.txt'), 'the-secret-itself')
  writeFileSync(join(instance.base, 'app.env'), 'FROM_FILE="a b"\nSHARED=file\n')
  instance.stack(stack)
  instance.apply()
}, 300_000)
afterAll(() => registry.stop())

const stack = `
variables: { token: { default: sensitive-token, sensitive: true } }
networks:
  front: { subnet: 10.74.0.0/23, dns: { servers: [192.0.2.53], search: [shop.test] } }
  back: { subnet: 10.74.2.0/28, internal: true }
  auto: { subnet: auto }
images:
  base: { builtin: busybox }
  legacy: { archive: ./legacy.tgz }
  web: { ref: "docker.io/shop/web:latest" }
volumes: { data: , filled: }
configs: { site: { file: ./one.conf }, inline: { content: "db is \${containers.db.ip}" } }
secrets: { password: { file: ./secret.txt } }
containers:
  db:
    image: base
    command: [sleep, "1000"]
    networks: { back: { aliases: [postgres], ipv4_address: 10.74.2.10 } }
    volumes: ["data:/data"]
    secrets: [{ source: password, mode: "0400", uid: 33, gid: 33 }]
    stop_grace_period: 0s
  web:
    image: web
    networks: [front, back]
    env_file: ./app.env
    environment: { DB: "http://\${containers.db.ip}:5432", TOKEN: "\${token}", SHARED: own }
    configs: [site, { source: inline, target: /etc/inline.conf }]
    volumes: ["filled:/srv", "./bound:/bound:ro", "./one.conf:/etc/one.conf"]
    tmpfs: /scratch:size=1m,mode=0700
    ports: ["18074:8080"]
    depends_on: [db]
    stop_grace_period: 1s
  limited:
    image: base
    command: [sleep, "1000"]
    networks: [auto]
    mem_limit: 100000000
    memswap_limit: 128m
    mem_reservation: 32m
    cpus: "0.5"
    cpu_shares: 512
    cpuset: "0"
    pids_limit: 33
    shm_size: 8m
    ulimits: { nofile: { soft: 500, hard: 1000 }, nproc: 200 }
    sysctls: { net.core.somaxconn: 321, kernel.shmmni: 99 }
    stop_grace_period: 0s
  locked:
    image: base
    command: [sleep, "1000"]
    networks: [front]
    user: "33:33"
    group_add: [1]
    read_only: true
    cap_drop: [ALL]
    hostname: secretValues
    working_dir: /made/here
    stop_grace_period: 0s
  loose:
    image: base
    command: [sleep, "1000"]
    networks: [front]
    cap_add: [NET_ADMIN, SYS_TIME]
    security_opt: ["no-new-privileges:false", "seccomp:unconfined"]
    devices: [/dev/net/tun]
    stop_grace_period: 0s
  privileged: { image: base, command: [sleep, "1000"], networks: [front], privileged: true, stop_grace_period: 0s }
  inited: { image: base, command: [sleep, "1000"], networks: [front], init: true, tty: true, stdin_open: true, stop_grace_period: 0s }
  named:
    image: base
    command: [sleep, "1000"]
    networks: [front]
    dns: [192.0.2.99]
    dns_search: [own.test]
    dns_opt: ["ndots:3"]
    extra_hosts: { elsewhere: 192.0.2.7, gateway: host-gateway }
    stop_grace_period: 0s
  isolated: { image: base, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }
  sidecar: { image: base, command: [sleep, "1000"], network_mode: "service:web", stop_grace_period: 0s }
  legacy: { image: legacy, command: [/bin/sleep, "1000"], networks: [auto], stop_grace_period: 0s }
  job: { image: base, command: [sh, -c, "echo done > /data/job"], networks: [back], volumes: ["data:/data"] }
  once: { image: base, entrypoint: [/bin/sh], command: [-c, "cat /data/job; sleep 1000"], networks: [back], volumes: ["data:/data:ro"], depends_on: { job: { condition: service_completed_successfully } }, stop_grace_period: 0s }
`

describe('a stack with everything', () => {
  it('leaves an empty plan', () => {
    expect(instance.steps()).toEqual([])
    expect(instance.containers().size).toBe(13)
    expect(
      [...instance.containers().values()].filter((one) => one.state !== 'running').map((one) => one.state),
    ).toEqual(['completed'])
  })

  it('honours what the image says', () => {
    const environment = instance.exec('web', 'env')
    expect(environment).toContain('FROM_IMAGE=yes')
    expect(environment).toContain('FROM_FILE=a b')
    expect(environment).toContain('SHARED=own')
    expect(environment).toContain('DB=http://10.74.2.10:5432')
    expect(environment).toContain('TOKEN=sensitive-token')
    expect(status('web', 'Uid')).toMatch(/^33\t33/)
    expect(instance.exec('web', 'pwd').trim()).toBe('/srv')
    expect(instance.exec('web', 'ls', '/srv')).toContain('index.html')
    expect(instance.exec('web', 'cat', '/proc/mounts')).toMatch(/ \/var\/lib\/app /)
  })

  it('has addresses, routes and names', () => {
    expect(instance.exec('web', 'ip', '-4', 'addr')).toMatch(/10\.74\.0\.\d+\/23[\s\S]*10\.74\.2\.\d+\/28/)
    expect(instance.exec('web', 'ip', 'route')).toContain('default via 10.74.0.1 dev eth0')
    expect(instance.exec('db', 'ip', 'route')).not.toContain('default')
    expect(instance.exec('web', 'cat', '/etc/resolv.conf')).toBe('search shop.test\nnameserver 192.0.2.53\n')
    expect(instance.exec('db', 'cat', '/etc/resolv.conf')).toBe('')
    expect(instance.exec('named', 'cat', '/etc/resolv.conf')).toBe(
      'search own.test\nnameserver 192.0.2.99\noptions ndots:3\n',
    )
    expect(instance.exec('named', 'cat', '/etc/hosts')).toMatch(/192\.0\.2\.7\telsewhere\n10\.74\.0\.1\tgateway/)
    expect(instance.exec('web', 'cat', '/etc/hosts')).toMatch(/10\.74\.2\.10\tdb postgres/)
    expect(instance.exec('isolated', 'ip', '-o', 'link').trim().split('\n')).toHaveLength(1)
    expect(instance.exec('sidecar', 'ip', '-4', 'addr')).toContain('10.74.0.')
    expect(instance.exec('locked', 'hostname').trim()).toBe('secretValues')
  })

  it('keeps networks apart and serves ports', async () => {
    const fetched = await fetch('http://127.0.0.1:18074/', { signal: AbortSignal.timeout(3000) })
    expect(await fetched.text()).toContain('page of the image')
    expect(instance.exec('sidecar', 'wget', '-qO-', 'http://127.0.0.1:8080/')).toContain('page of the image')
    const web = instance.containers().get('web')?.ip as string
    expect(instance.exec('named', 'timeout', '5', 'wget', '-qO-', `http://${web}:8080/`)).toContain('page')
    expect(instance.heropods(['exec', 'limited', 'timeout', '2', 'wget', '-qO-', `http://${web}:8080/`]).code).not.toBe(
      0,
    )
  })

  it('sets every limit', () => {
    expect(cgroup('limited', 'memory', v1 ? 'memory.limit_in_bytes' : 'memory.max')).toBe('99999744')
    expect(cgroup('limited', 'memory', v1 ? 'memory.memsw.limit_in_bytes' : 'memory.swap.max')).toBe(
      v1 ? '134217728' : String(134217728 - 100003840),
    )
    expect(cgroup('limited', 'pids', 'pids.max')).toBe('33')
    expect(
      v1
        ? `${cgroup('limited', 'cpu', 'cpu.cfs_quota_us')} ${cgroup('limited', 'cpu', 'cpu.cfs_period_us')}`
        : cgroup('limited', 'cpu', 'cpu.max'),
    ).toBe('50000 100000')
    expect(status('limited', 'Cpus_allowed_list')).toBe('0')
    expect(proc('limited', 'limits')).toMatch(/Max open files\s+500\s+1000/)
    expect(instance.exec('limited', 'cat', '/proc/sys/net/core/somaxconn').trim()).toBe('321')
    expect(instance.exec('limited', 'cat', '/proc/sys/kernel/shmmni').trim()).toBe('99')
    expect(instance.exec('limited', 'cat', '/proc/mounts')).toMatch(/\/dev\/shm tmpfs .*size=8192k/)
  })

  it('gives no more rights than stated', () => {
    expect(status('locked', 'CapBnd')).toBe('0000000000000000')
    expect(status('locked', 'Groups').trim()).toBe('1')
    expect(status('locked', 'NoNewPrivs')).toBe('1')
    expect(status('locked', 'Seccomp')).toBe('2')
    expect(instance.heropods(['exec', 'locked', 'touch', '/x']).code).not.toBe(0)
    expect(instance.exec('locked', 'pwd').trim()).toBe('/made/here')
    // Docker's set without MKNOD (27) and AUDIT_WRITE (29).
    expect(status('db', 'CapEff')).toBe('00000000800425fb')
    expect(status('loose', 'Seccomp')).toBe('0')
    expect(status('loose', 'NoNewPrivs')).toBe('0')
    expect(BigInt(`0x${status('loose', 'CapEff')}`) & (1n << 12n)).not.toBe(0n)
    expect(instance.exec('loose', 'ls', '-l', '/dev/net/tun')).toMatch(/^c.*10, 200/)
    expect(status('privileged', 'Seccomp')).toBe('0')
    // Which of them there are depends on the kernel's configuration.
    const masked = ['/proc/kcore', '/proc/keys', '/proc/timer_list', '/proc/interrupts'].filter((path) =>
      existsSync(path),
    )
    expect(masked.length).toBeGreaterThan(0)
    for (const path of masked) expect(instance.exec('db', 'sh', '-c', `wc -c < ${path}`).trim(), path).toBe('0')
    expect(instance.heropods(['exec', 'db', 'sh', '-c', 'echo 1 > /proc/sys/kernel/panic']).code).not.toBe(0)
  })

  it('refuses what would leave the container', () => {
    for (const attempt of [
      ['unshare', '-m', 'true'],
      ['mount', '-t', 'tmpfs', 'x', '/tmp'],
      ['mknod', '/tmp/disk', 'b', '8', '0'],
      ['hostname', 'changed'],
    ])
      expect(instance.heropods(['exec', 'db', ...attempt]).code, attempt.join(' ')).not.toBe(0)
  })

  it('mounts files, folders, volumes, configs and secrets', () => {
    expect(instance.exec('web', 'cat', '/bound/file')).toBe('from the host')
    expect(instance.heropods(['exec', '-u', 'root', 'web', 'touch', '/bound/x']).code).not.toBe(0)
    expect(instance.exec('web', 'cat', '/etc/one.conf')).toBe('single file')
    expect(instance.exec('web', 'cat', '/site')).toBe('single file')
    expect(instance.exec('web', 'cat', '/etc/inline.conf')).toBe('db is 10.74.2.10')
    expect(instance.exec('web', 'cat', '/proc/mounts')).toMatch(/\/scratch tmpfs .*size=1024k.*mode=700/)
    expect(instance.heropods(['exec', '-u', '33', 'db', 'cat', '/run/secrets/password']).stdout).toBe(
      'the-secret-itself',
    )
    expect(instance.exec('db', 'ls', '-ln', '/run/secrets/password')).toMatch(/^-r-------- .* 33 +33 /)
    expect(instance.exec('once', 'cat', '/data/job').trim()).toBe('done')
    expect(instance.ok('logs', 'once').trim()).toBe('done')
  })

  it('init reaps, a terminal is one', () => {
    expect(instance.exec('inited', 'cat', '/proc/1/comm').trim()).toMatch(/init|catatonit/)
    expect(sh('readlink', `/proc/${instance.containers().get('inited')?.pid}/fd/1`)).toContain('/dev/')
  })

  it('keeps secrets out of plans, records, logs and argv', () => {
    const shown = [
      instance.ok('inspect', 'web', 'db'),
      instance.ok('config', 'test.yaml'),
      instance.ok('ps', '--json'),
      sh('ps', '-eo', 'args'),
    ]
    shown.push(
      sh(
        'redis-cli',
        '-s',
        join(instance.run, 'redis.sock'),
        '--raw',
        'eval',
        "local t = {} for _, k in ipairs(redis.call('keys', '*')) do local y = redis.call('type', k).ok if y == 'hash' then for _, v in ipairs(redis.call('hgetall', k)) do t[#t + 1] = v end end end return table.concat(t, ' ')",
        '0',
      ),
    )
    shown.push(readFileSync(join(instance.data, 'containers/test/web/spec.json'), 'utf8'))
    for (const text of shown) expect(text).not.toMatch(/the-secret-itself|sensitive-token/)
  })

  it('goes and leaves the host as it was', () => {
    instance.end()
    registry.stop()
    expect(hostState()).toBe(before)
  })
})

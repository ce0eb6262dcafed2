import { spawn } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { hostState, Instance, sh } from '../support.ts'

/** Where packets go: around what the host routes elsewhere, out through whatever leads out now, from the first instruction on. */
const instance = new Instance()
const { id } = instancePaths(instance.environment)
const routes = (): string => sh('ip', 'route', 'show', 'table', 'all')
let [pristine, before] = ['', '']
beforeAll(() => {
  pristine = hostState()
  before = routes()
})
afterEach(() => {
  instance.ok('destroy', '--all', '--yes', '--delete-data')
  expect(hostState()).toBe(pristine)
  expect(routes()).toBe(before)
})
afterAll(() => instance.end())

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s'
const server = (port: number): string =>
  `image: busybox, command: [httpd, -f, -p, "${port}", -h, /etc], stop_grace_period: 0s`
const get = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/hostname`)).text()

describe('an automatic subnet', () => {
  it('avoids what the host routes elsewhere, in every table and whatever the route, and stays where it is', () => {
    const taken = [
      ['10.89.0.0/17', 'dev', 'uplink0'],
      ['blackhole', '10.89.128.0/18'],
      ['10.89.192.0/19', 'dev', 'uplink0', 'table', '77'],
    ]
    for (const route of taken) sh('ip', 'route', 'add', ...route)
    sh('ip', 'address', 'add', '10.89.224.1/20', 'dev', 'uplink0')
    try {
      instance.stack('networks: { lan: , back: }\n')
      instance.apply()
      const { networks } = JSON.parse(instance.ok('network', 'ls', '--json')) as { networks: { subnet: string }[] }
      expect(networks.map(({ subnet }) => subnet).sort()).toEqual(['10.89.240.0/24', '10.89.241.0/24'])
      for (const route of taken) sh('ip', 'route', 'delete', ...route)
      sh('ip', 'route', 'add', '10.89.240.0/20', 'dev', 'uplink0')
      expect(instance.steps()).toEqual([])
    } finally {
      sh('ip', 'route', 'delete', '10.89.240.0/20', 'dev', 'uplink0')
      sh('ip', 'address', 'delete', '10.89.224.1/20', 'dev', 'uplink0')
    }
  })
})

describe('packets of containers', () => {
  const away = '203.0.113.9'
  /** Says who it is, and from which address it was asked. */
  const answers = `const s = require('dgram').createSocket('udp4')
s.on('message', (_, from) => s.send(process.argv[1] + ' to ' + from.address, from.port, from.address))
s.bind(7, '${away}', () => console.log('listens'))`
  const asks = `const s = require('dgram').createSocket('udp4')
s.on('message', (text) => { console.log(String(text)); process.exit() })
setInterval(() => s.send('x', 7, '${away}'), 100)`

  it('leave through the uplink that leads out now, with its address, and no rule changes for it', async () => {
    const uplinks = ['a', 'b'].map((name, index) => ({
      name: `isp-${name}`,
      link: `up-${name}`,
      net: `198.18.${index}`,
    }))
    const children = []
    for (const { name, link, net } of uplinks) {
      sh('ip', 'netns', 'add', name)
      sh('ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
      sh('ip', 'address', 'add', `${net}.2/24`, 'dev', link)
      sh('ip', 'link', 'set', link, 'up')
      for (const args of [
        ['link', 'set', 'eth0', 'up'],
        ['link', 'set', 'lo', 'up'],
        ['address', 'add', `${net}.1/24`, 'dev', 'eth0'],
        ['address', 'add', `${away}/32`, 'dev', 'lo'],
      ])
        sh('ip', '-n', name, ...args)
      const child = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', answers, name])
      children.push(child)
      await new Promise((resolve) => child.stdout.once('data', resolve))
    }
    try {
      instance.stack(`networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers: { a: { ${sleeper} } }\n`)
      instance.apply()
      const rules = (): string => sh('iptables-save').replace(/\[\d+:\d+\]|^#.*$/gm, '')
      const asked = (): string => sh('ip', 'netns', 'exec', `hp${id}+test+a`, process.execPath, '-e', asks).trim()
      const written = rules()
      for (const { name, net } of [...uplinks, ...uplinks]) {
        sh('ip', 'route', 'replace', 'default', 'via', `${net}.1`)
        expect(asked()).toBe(`${name} to ${net}.2`)
        expect(instance.steps()).toEqual([])
      }
      expect(rules()).toBe(written)
    } finally {
      sh('ip', 'route', 'replace', 'default', 'via', '198.51.100.1', 'dev', 'uplink0')
      for (const child of children) child.kill('SIGKILL')
      for (const { name, link } of uplinks) {
        sh('ip', 'link', 'delete', link)
        sh('ip', 'netns', 'delete', name)
      }
    }
  })

  it('go from the first instruction on: address, route and names are there', () => {
    const first = 'ip -4 -o address show eth0; ip route; wget -qO- http://web/hostname'
    instance.stack(
      `networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers:\n  web: { ${server(80)} }\n` +
        `  now: { image: busybox, command: [sh, -c, "${first}"], depends_on: [web], deploy: { replicas: 6 } }\n`,
    )
    instance.apply()
    for (let replica = 1; replica <= 6; replica += 1) {
      const said = instance.ok('logs', `now.${replica}`)
      expect(said).toMatch(/inet 10\.76\.0\.\d+\/24/)
      expect(said).toContain('default via 10.76.0.1 dev eth0')
      expect(said.trim().split('\n').at(-1)).toBe('web')
    }
  })
})

describe('a network whose `internal` changes', () => {
  it('sets and deletes the default routes of its containers, also of other stacks, with one apply', () => {
    const lan = (internal: boolean): string =>
      instance.stack(
        `networks: { lan: { subnet: 10.76.0.0/24, internal: ${internal} } }\ncontainers: { a: { ${sleeper} } }\n`,
      )
    lan(true)
    instance.stack(
      `networks: { shared: { external: true, name: test/lan } }\ncontainers: { b: { ${sleeper}, networks: [shared] } }\n`,
      'other',
    )
    instance.apply()
    instance.apply('other.yaml')
    const found = (): readonly string[] =>
      ['test+a', 'other+b'].map((name) => sh('ip', '-n', `hp${id}+${name}`, 'route', 'show', 'default').trim())
    expect(found()).toEqual(['', ''])
    for (const internal of [false, true, false]) {
      lan(internal)
      instance.apply()
      const expected = internal ? '' : 'default via 10.76.0.1 dev eth0'
      expect(found()).toEqual([expected, expected])
      expect(instance.steps()).toEqual([])
    }
    // A route that should not be there is found and deleted.
    lan(true)
    instance.apply()
    sh('ip', '-n', `hp${id}+test+a`, 'route', 'add', 'default', 'via', '10.76.0.1')
    expect(
      instance
        .steps()
        .map(({ reason }) => reason)
        .join(),
    ).toContain('default route')
    instance.apply()
    expect(found()).toEqual(['', ''])
    expect(instance.steps()).toEqual([])
  })
})

describe('a container in host mode', () => {
  it('has the host’s interfaces and ports as they are, without a rule', async () => {
    instance.stack(`containers: { a: { ${server(18401)}, network_mode: host } }\n`)
    instance.apply()
    expect(await get(18401)).toBeTruthy()
    expect(instance.exec('a', 'readlink', '/proc/self/ns/net')).toBe(sh('readlink', '/proc/self/ns/net'))
    expect(instance.exec('a', 'ip', '-o', 'link')).toContain('uplink0')
    expect(sh('iptables-save')).not.toContain('HEROPODS')
    expect(instance.steps()).toEqual([])
    instance.ok('stop', 'a')
    await expect(get(18401)).rejects.toThrow()
  })

  it('keeps its port from what others publish: a plan says who has it', () => {
    instance.stack(`containers: { a: { ${server(18402)}, network_mode: host } }\n`, 'one')
    instance.stack(`networks: { lan: }\ncontainers: { b: { ${server(80)}, ports: ["18402:80"] } }\n`, 'two')
    instance.apply('one.yaml')
    const { code, stderr } = instance.heropods(['apply', '--yes', 'two.yaml'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/18402\/tcp, which is taken by (busybox|httpd) \(pid \d+\)/)
  })
})

describe('what others write', () => {
  it('beside ours stays as it is, whatever is applied, changed and destroyed', () => {
    const foreign = [
      ['-N', 'OTHERS'],
      ['-A', 'OTHERS', '-s', '192.0.2.0/24', '-j', 'DROP'],
      ['-A', 'FORWARD', '-j', 'OTHERS'],
      ['-t', 'nat', '-A', 'PREROUTING', '-p', 'tcp', '--dport', '18499', '-j', 'REDIRECT', '--to-ports', '1'],
      ['-t', 'raw', '-A', 'OUTPUT', '-d', '192.0.2.1', '-j', 'NOTRACK'],
      ['-t', 'mangle', '-A', 'FORWARD', '-j', 'MARK', '--set-mark', '7'],
    ]
    for (const args of foreign) sh('iptables', ...args)
    sh('ip', 'link', 'add', 'br-others', 'type', 'bridge')
    sh('ip', 'address', 'add', '192.0.2.65/26', 'dev', 'br-others')
    const theirs = (): string =>
      sh('iptables-save')
        .split('\n')
        .filter((line) => line.startsWith('-A') && !line.includes('HEROPODS'))
        .join('\n') + sh('ip', '-o', 'address', 'show', 'dev', 'br-others')
    const written = theirs()
    try {
      for (const port of [18411, 18412]) {
        instance.stack(
          `networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers: { a: { ${server(80)}, ports: ["${port}:80"] } }\n`,
        )
        instance.apply()
        expect(instance.steps()).toEqual([])
        expect(theirs()).toBe(written)
      }
      // Theirs before ours is as good as after.
      sh('iptables', '-I', 'FORWARD', '1', '-d', '192.0.2.9', '-j', 'DROP')
      expect(instance.steps()).toEqual([])
      sh('iptables', '-D', 'FORWARD', '-d', '192.0.2.9', '-j', 'DROP')
      instance.ok('destroy', '--all', '--yes')
      expect(theirs()).toBe(written)
    } finally {
      sh('ip', 'link', 'delete', 'br-others')
      for (const args of [...foreign].reverse())
        sh('iptables', ...args.map((arg) => (arg === '-A' ? '-D' : arg === '-N' ? '-X' : arg)))
    }
  })

  it('in one container of an image is in no other, nor in the image', () => {
    instance.stack(`containers:\n  a: { ${sleeper}, network_mode: none }\n  b: { ${sleeper}, network_mode: none }\n`)
    instance.apply()
    instance.exec('a', 'sh', '-c', 'echo mine > /etc/mark && echo changed > /etc/passwd && rm /bin/vi && mkdir /new')
    const seen = (name: string): string =>
      instance.exec(name, 'sh', '-c', 'ls -d /etc/mark /new /bin/vi 2>/dev/null; head -c 7 /etc/passwd')
    expect(seen('a')).toBe('/etc/mark\n/new\nchanged')
    expect(seen('b')).toMatch(/^\/bin\/vi\nroot/)
    instance.stack(`containers:\n  b: { ${sleeper}, network_mode: none }\n  c: { ${sleeper}, network_mode: none }\n`)
    instance.apply()
    for (const name of ['b', 'c']) expect(seen(name)).toMatch(/^\/bin\/vi\nroot/)
  })
})

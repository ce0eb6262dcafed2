import { execFileSync, spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { clearedInstance } from '../hooks.ts'
import { hostState } from '../support.ts'

/** Stacks, instances and runs on one host: none takes from another what it has. */
const instance = clearedInstance()

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s'
const server = 'image: busybox, command: [httpd, -f, -p, "80", -h, /etc], stop_grace_period: 0s'
const network = (subnet: string, more = ''): string => `networks: { lan: { subnet: ${subnet}${more} } }\n`

/** A refused command's message. */
const refused = (...args: string[]): string => {
  const { code, stderr } = instance.heropods(args)
  expect(code, stderr).toBe(3)
  return stderr
}

describe('addresses', () => {
  const states = (ip: string): void => {
    instance.stack(
      `${network('10.76.0.0/24')}containers:\n  x: { ${sleeper}, networks: { lan: { ipv4_address: 10.76.0.7 } } }\n  y: { ${sleeper}, networks: { lan: { ipv4_address: ${ip} } } }\n`,
    )
  }
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['10.76.0.7', /which test\/container\/[xy] declares too/],
    ['10.76.0.1', /is the gateway/],
    ['10.76.0.0', /is not an address for containers in/],
    ['10.76.0.255', /is not an address for containers in/],
  ]
  for (const [ip, told] of wrong) {
    it(`${ip} cannot be stated`, () => {
      states(ip)
      expect(refused('diff', 'test.yaml')).toMatch(told)
    })
  }

  it('of a container in another stack cannot be taken', () => {
    instance.stack(`${network('10.76.0.0/24')}containers: { a: { ${sleeper} } }\n`, 'one')
    instance.apply('one.yaml')
    instance.stack(
      `networks: { shared: { external: true, name: one/lan } }\ncontainers: { b: { ${sleeper}, networks: { shared: { ipv4_address: 10.76.0.2 } } } }\n`,
      'two',
    )
    expect(refused('apply', '--yes', 'two.yaml')).toMatch(/which one\/container\/a declares too/)
  })
})

describe('other stacks', () => {
  it('keep their published ports', () => {
    instance.stack(`${network('10.76.0.0/24')}containers: { a: { ${server}, ports: ["18094:80"] } }\n`, 'one')
    instance.stack(`${network('10.77.0.0/24')}containers: { b: { ${server}, ports: ["18094:80"] } }\n`, 'two')
    instance.apply('one.yaml')
    expect(refused('apply', '--yes', 'two.yaml')).toMatch(/18094\/tcp, which is taken by one\/container\/a/)
  })

  it('and whoever listens later on a published port is told', async () => {
    instance.stack(`${network('10.76.0.0/24')}containers: { a: { ${server}, ports: ["18092:80"] } }\n`)
    instance.apply()
    const listener = spawn('busybox', ['httpd', '-f', '-p', '18092'], { stdio: 'ignore' })
    try {
      await expect
        .poll(() => instance.heropods(['diff', 'test.yaml']).stderr)
        .toMatch(/127\.0\.0\.1:18092\/tcp leads to test\/container\/a, and busybox \(pid \d+\) listens on it too/)
    } finally {
      listener.kill('SIGKILL')
    }
  })

  it('repair their own ports, and no other stack does', () => {
    instance.stack(`${network('10.76.0.0/24')}containers: { a: { ${server}, ports: ["18096:80"] } }\n`, 'one')
    instance.stack(network('10.77.0.0/24'), 'two')
    instance.apply('one.yaml')
    instance.apply('two.yaml')
    const rules = execFileSync('iptables', ['-t', 'nat', '-S'], { encoding: 'utf8' }).split('\n')
    const rule = rules.find((line) => line.includes('--dport 18096 ')) ?? ''
    execFileSync('iptables', ['-t', 'nat', '-D', ...rule.split(' ').slice(1)])
    instance.ok('diff', '--exit-code', 'two.yaml')
    expect(instance.ok('diff', 'one.yaml')).toContain('port 127.0.0.1:18096 does not lead to a')
    instance.apply('one.yaml')
    instance.ok('diff', '--exit-code', 'one.yaml')
  })

  it('keep their subnets, whatever the names', () => {
    instance.stack(network('10.76.0.0/24'), 'b')
    instance.stack(network('10.76.0.0/25'), 'a')
    instance.apply('b.yaml')
    expect(refused('apply', '--yes', 'a.yaml')).toMatch(/overlaps b\/network\/lan/)
  })

  it('are not taken down by a network that is replaced', () => {
    instance.stack(network('10.76.0.0/24'), 'one')
    instance.apply('one.yaml')
    instance.stack(
      `networks: { shared: { external: true, name: one/lan } }\ncontainers: { b: { ${sleeper}, networks: [shared] } }\n`,
      'two',
    )
    instance.apply('two.yaml')
    const pids = instance.pids()
    instance.stack(network('10.77.0.0/24'), 'one')
    expect(refused('apply', '--yes', 'one.yaml')).toMatch(/two\/container\/b would have to be deleted/)
    expect(instance.pids()).toEqual(pids)
    instance.ok('apply', '--yes', 'one.yaml', 'two.yaml')
    expect(instance.containers().get('b')?.ip).toMatch(/^10\.77\./)
    expect(refused('destroy', '--yes', 'one')).toMatch(/cannot be removed: two\/container\/b uses it/)
  })
})

describe('networks', () => {
  it('internal ones lead nowhere, not even to published ports of others', async () => {
    instance.stack(
      `networks: { open: { subnet: 10.76.0.0/24 }, closed: { subnet: 10.77.0.0/24, internal: true } }\ncontainers:\n  web: { ${server}, networks: [open], ports: [{ published: 18093, target: 80, public: true }] }\n  shut: { ${sleeper}, networks: [closed] }\n  near: { ${server}, networks: [closed] }\n`,
    )
    instance.apply()
    const reaches = (url: string): boolean =>
      instance.heropods(['exec', 'shut', 'timeout', '1', 'wget', '-qO-', url]).code === 0
    expect(reaches('http://near/hostname')).toBe(true)
    expect(reaches('http://10.77.0.1:18093/hostname')).toBe(false)
    expect(reaches('http://10.76.0.2/hostname')).toBe(false)
    expect((await fetch('http://127.0.0.1:18093/hostname')).status).toBe(200)
  })

  it('of two instances are apart in both directions', () => {
    instance.stack(`${network('10.76.0.0/24')}containers: { a: { ${server} } }\n`, 'one')
    instance.stack(`${network('10.77.0.0/24')}containers: { b: { ${server} } }\n`, 'two')
    instance.apply('one.yaml')
    instance.apply('two.yaml', '--instance', 'other')
    try {
      const reaches = (name: string, ip: string, ...options: string[]): boolean =>
        instance.heropods(['exec', ...options, name, 'timeout', '1', 'wget', '-qO-', `http://${ip}/hostname`]).code ===
        0
      expect(reaches('a', '10.77.0.2')).toBe(false)
      expect(reaches('b', '10.76.0.2', '--instance', 'other')).toBe(false)
      expect(reaches('a', '10.76.0.2')).toBe(true)
    } finally {
      instance.ok('destroy', '--all', '--yes', '--delete-data', '--instance', 'other')
      instance.ok('instance', 'rm', 'other', '--delete-data')
    }
  })

  it('a shared namespace is followed when it is made anew', () => {
    const stack = (sysctl: string): string =>
      `${network('10.76.0.0/24')}containers:\n  web: { ${server}, sysctls: { net.ipv4.ip_default_ttl: "${sysctl}" } }\n  side: { ${sleeper}, network_mode: "service:web" }\n`
    instance.stack(stack('70'))
    instance.apply()
    const namespace = (name: string): string => instance.exec(name, 'readlink', '/proc/self/ns/net')
    const joined = (): void => {
      expect(namespace('side')).toBe(namespace('web'))
      expect(instance.exec('side', 'wget', '-qO-', 'http://127.0.0.1/hostname')).toBe('web\n')
      expect(instance.steps()).toEqual([])
    }
    joined()
    instance.stack(stack('71'))
    instance.apply()
    joined()
    expect(refused('rm', '--force', 'web')).toMatch(/test\/container\/side uses it/)
    instance.ok('rm', '--force', 'web', 'side')
    instance.apply()
    joined()
  })
})

describe('an instance', () => {
  it('is named as nothing else can be', () => {
    for (const name of ['../x', '.', '', 'a b', 'a/b'])
      expect(refused('ps', '--instance', name)).toMatch(/not a name of an instance/)
    expect(refused('instance', 'rm', '../x', '--delete-data')).toMatch(/not a name of an instance/)
    expect(refused('instance', 'rm', 'nowhere')).toMatch(/There is no instance "nowhere"/)
  })

  it('is not started by a look once everything has gone', () => {
    const before = hostState()
    instance.stack(`containers: { a: { ${sleeper} } }\n`)
    instance.apply()
    instance.ok('destroy', '--all', '--yes')
    for (const look of [['diff', 'test.yaml'], ['ps'], ['volume', 'ls']]) instance.ok(...look)
    expect(hostState()).toBe(before)
  })
})

describe('limits', () => {
  it('changed while it runs are kept by a restart', () => {
    const stack = (mem: string): string => `containers: { a: { ${sleeper}, mem_limit: ${mem}, network_mode: none } }\n`
    instance.stack(stack('64m'))
    instance.apply()
    instance.stack(stack('96m'))
    instance.apply()
    instance.ok('restart', 'a')
    expect(instance.steps()).toEqual([])
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from './support.ts'

/** What only the host can tell is wrong: each case is refused with its message and its place, and touches nothing. */
interface Case {
  readonly what: string
  readonly stack: string
  readonly code: string
  readonly message: RegExp
  /** The line that the place quotes. */
  readonly at?: RegExp
  readonly before?: () => void
  readonly after?: () => void
}

const web = (fields: string): string =>
  `networks: { lan: { subnet: 10.74.0.0/24 } }\ncontainers:\n  web: { image: busybox, command: [sleep, "1000"], ${fields} }\n`

let listener: ChildProcess | undefined
const cases: readonly Case[] = [
  {
    what: 'a port that a process listens on',
    stack: web('ports: ["18099:80"]'),
    before: () => {
      listener = spawn('busybox', ['httpd', '-f', '-p', '127.0.0.1:18099'], { stdio: 'ignore' })
    },
    after: () => void listener?.kill('SIGKILL'),
    code: 'port-taken',
    message: /127\.0\.0\.1:18099\/tcp, which is taken by busybox \(pid \d+\)/,
    at: /web:/,
  },
  {
    what: 'a port that someone else’s rule translates',
    stack: web('ports: ["18098:80"]'),
    before: () => sh('iptables', ...'-t nat -A PREROUTING -p tcp --dport 18098 -j DNAT --to 192.0.2.9:80'.split(' ')),
    after: () => sh('iptables', ...'-t nat -D PREROUTING -p tcp --dport 18098 -j DNAT --to 192.0.2.9:80'.split(' ')),
    code: 'port-taken',
    message: /a rule in the chain PREROUTING/,
    at: /web:/,
  },
  {
    what: 'a subnet that the host routes elsewhere',
    stack: web(''),
    before: () => sh('ip', 'route', 'add', '10.74.0.0/16', 'dev', 'uplink0'),
    after: () => sh('ip', 'route', 'del', '10.74.0.0/16', 'dev', 'uplink0'),
    code: 'network-subnet-overlap',
    message: /overlaps the route to 10\.74\.0\.0\/16 on uplink0/,
    at: /lan:/,
  },
  {
    what: 'a subnet without an address left',
    stack:
      'networks: { tiny: { subnet: 10.74.0.0/30 } }\ncontainers:\n  a: { image: busybox }\n  b: { image: busybox }\n',
    code: 'network-subnet-exhausted',
    message: /10\.74\.0\.0\/30\) has no address left for test\/container\/b/,
    at: /b:/,
  },
  {
    what: 'a bind whose source does not exist',
    stack: web('volumes: [{ type: bind, source: /no/such, target: /x, bind: { create_host_path: false } }]'),
    code: 'mount-source-missing',
    message: /\/no\/such, which does not exist/,
    at: /web:/,
  },
  ...['/tmp/hp-circle-a', '/tmp/hp-circle-a/below'].map(
    (source): Case => ({
      what: `a bind whose source ${source} leads round in a circle`,
      stack: web(`volumes: ["${source}:/x"]`),
      before: () => {
        sh('ln', '-sfn', 'hp-circle-b', '/tmp/hp-circle-a')
        sh('ln', '-sfn', 'hp-circle-a', '/tmp/hp-circle-b')
      },
      after: () => sh('rm', '-f', '/tmp/hp-circle-a', '/tmp/hp-circle-b'),
      code: 'link-loop',
      message: /web: \/tmp\/hp-circle-a\S* contains .*a loop of links/,
      at: /web:/,
    }),
  ),
  {
    what: 'a device that is something else',
    stack: web('devices: [/tmp]'),
    code: 'device-missing',
    message: /\/tmp, which is not a device/,
  },
  {
    what: 'a device that does not exist',
    stack: web('devices: [/dev/no-such]'),
    code: 'device-missing',
    message: /\/dev\/no-such, which does not exist/,
  },
  {
    what: 'an image that is not here and may not be pulled',
    stack:
      'containers:\n  web: { image: "registry.invalid/a:1", command: [sleep, "1"], pull_policy: never, network_mode: none }\n',
    code: 'image-missing',
    message: /registry\.invalid\/a:1 is not on this host, and its pull_policy is never/,
  },
  {
    what: 'an archive that does not exist',
    stack: 'images: { old: { archive: ./no.tgz } }\ncontainers: { web: { image: old, network_mode: none } }\n',
    code: 'archive-missing',
    message: /no archive at .*no\.tgz/,
  },
  {
    what: 'a CPU that the host has not',
    stack: web('cpuset: "4095"'),
    code: 'bad-limit',
    message: /CPU 4095, which this host does not have/,
    at: /web:/,
  },
  {
    what: 'a network of another stack that does not exist',
    stack:
      'networks: { shared: { external: true, name: other/front } }\ncontainers: { web: { image: busybox, networks: [shared] } }\n',
    code: 'unknown-network',
    message: /joins other\/network\/front, which does not exist/,
  },
]

let instance: Instance
let pristine = ''
beforeAll(() => {
  instance = new Instance()
  pristine = hostState()
})
afterEach(() => expect(hostState()).toBe(pristine))
afterAll(() => instance.end())

describe('what the host forbids is refused before anything is touched', () => {
  for (const one of cases) {
    it(one.what, async () => {
      instance.stack(one.stack)
      one.before?.()
      try {
        if (one.before) await delay(150)
        const { code, stdout } = instance.heropods(['apply', '--yes', '--json', 'test.yaml'])
        expect(code, stdout).toBe(3)
        const { errors } = JSON.parse(stdout) as {
          errors: { code: string; message: string; hint?: string; place?: { quote: string } }[]
        }
        const told = errors.find((error) => one.message.test(error.message))
        expect(told, stdout).toBeDefined()
        expect(told?.code).toBe(one.code)
        expect(told?.hint?.length ?? 0).toBeGreaterThan(5)
        if (one.at) expect(told?.place?.quote).toMatch(one.at)
      } finally {
        one.after?.()
        // Only after a failure there is anything: the next case shall not suffer from it.
        instance.ok('destroy', '--all', '--yes')
      }
    })
  }

  it('a port that a process listens on, for a container that runs; its own port of before stays a warning', async () => {
    instance.stack(web('ports: ["18097:80"]'))
    instance.apply()
    const pids = instance.pids()
    const listen = (port: number) => spawn('busybox', ['httpd', '-f', '-p', `127.0.0.1:${port}`], { stdio: 'ignore' })
    const programs = [listen(18096), listen(18097)]
    try {
      await delay(300)
      instance.stack(web('ports: ["18096:80", "18097:80"]'))
      for (const command of [['diff'], ['apply', '--yes']]) {
        const { code, stderr } = instance.heropods([...command, 'test.yaml'])
        expect([command, code]).toEqual([command, 3])
        expect(stderr).toMatch(/error\[port-taken\].*127\.0\.0\.1:18096\/tcp, which is taken by busybox/)
        expect(stderr).not.toMatch(/port-taken.*18097/)
      }
      expect(instance.pids()).toEqual(pids)
      instance.stack(web('ports: ["18097:80"]'))
      expect(instance.heropods(['diff', 'test.yaml'])).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('port-shadowed'),
      })
    } finally {
      for (const program of programs) program.kill('SIGKILL')
      instance.ok('destroy', '--all', '--yes')
    }
  })

  it('a bridge of someone else’s in the place of ours', () => {
    instance.stack('containers: { web: { image: busybox, command: [sleep, "1000"] } }')
    sh('ip', 'link', 'add', 'heropods0', 'type', 'bridge')
    try {
      const { code, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
      expect(code).toBe(3)
      expect(stderr).toMatch(/An object that HeroPods did not create has the name of default\/network\/heropods0/)
      expect(sh('ip', '-o', 'link', 'show', 'heropods0')).toContain('heropods0')
    } finally {
      sh('ip', 'link', 'del', 'heropods0')
    }
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Instance, sh } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
let instance: Instance
const servers: Server[] = []
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  instance.end()
})

interface Report {
  ok: boolean
  passed: number
  checks: { name: string; state: string; text: string; fix?: string }[]
}

/** Runs doctor beside this process, whose servers must answer meanwhile. */
async function doctor(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [cli, 'doctor', ...args], { cwd: instance.base, env: instance.environment })
  let text = ''
  child.stdout.on('data', (data: Buffer) => (text += data))
  child.stderr.on('data', (data: Buffer) => (text += data))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}

async function listen(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
}

/** `npm run test:kill` tries every effect; `npm test` some of them. */
const everyEffect = process.env.HEROPODS_KILL_ALL === '1'
const forwarding = '/proc/sys/net/ipv4/ip_forward'
const stack = `networks: { lan: { subnet: 10.94.7.0/24 } }
containers:
  web: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, networks: [lan], ports: ["18093:80"] }
`

describe('doctor', () => {
  it('of another user than root checks the host and leaves the instance out', () => {
    mkdirSync(instance.environment.HEROPODS_DIR ?? '', { recursive: true, mode: 0o700 })
    const programs = mkdtempSync(join(tmpdir(), 'heropods-doctor-'))
    try {
      chmodSync(programs, 0o755)
      cpSync(join(cli, '..'), programs, { recursive: true })
      const found = spawnSync(process.execPath, [join(programs, 'heropods.js'), 'doctor', '--all'], {
        cwd: '/',
        env: instance.environment,
        encoding: 'utf8',
        uid: 65534,
        gid: 65534,
      })
      expect(found.stderr).toBe('')
      expect(found.stdout).toContain('✗ root: no: the instance is not checked\n  -> Run the command with sudo.')
      expect(found.stdout).toContain('✓ kernel: ')
      expect(found.status).toBe(1)
    } finally {
      rmSync(programs, { recursive: true })
    }
  })

  it('prints only problems and the number of passed checks; --all lists these', async () => {
    const { text } = await doctor()
    expect(text).not.toContain('✓')
    expect(text).toMatch(/\d+ checks passed; `heropods doctor --all` lists them\.\n$/)
    const all = (await doctor('--all')).text
    expect(all.match(/✓/g)?.length).toBe(Number(/(\d+) checks passed/.exec(all)?.[1]))
    const { passed, checks } = JSON.parse((await doctor('--json')).text) as Report
    expect(checks.filter(({ state }) => state === 'ok')).toHaveLength(passed)
    const kinds = checks.map(({ state }) => ['missing', 'note', 'ok'].indexOf(state))
    expect(kinds).toEqual(kinds.toSorted())
  })

  it('an empty folder `stacks` changes nothing', async () => {
    const before = await doctor('--json')
    mkdirSync(join(instance.base, 'stacks'))
    const after = await doctor('--json')
    const names = ({ text }: { text: string }) =>
      (JSON.parse(text) as Report).checks.map(({ name, state }) => [name, state])
    expect(after.code).toBe(before.code)
    expect(names(after)).toEqual(names(before))
  })

  it('names the holders of the ports of the page and of the stacks in this folder', async () => {
    await listen(9180)
    await listen(18_093)
    instance.write('heropods.yaml', `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\n${stack}`)
    const { code, text } = await doctor()
    expect(code).toBe(1)
    const own = `(pid ${process.pid})`
    expect(text).toMatch(
      new RegExp(`! page port: the port 9180 of the status page is taken by .+ ${own.replaceAll(/[()]/g, '\\$&')}`),
    )
    expect(text).toMatch(/^✗ test\/container\/web: .*18093/m)
    expect(text.indexOf('✗')).toBeLessThan(text.indexOf('!'))
    expect(text).toContain('-> Publish another port')
  })
})

describe('settings of the host', () => {
  it('a strict rp_filter on a second uplink, and bridged packets that another rule drops', async () => {
    instance.stack(stack)
    instance.apply()
    expect((await doctor('--all')).text).toMatch(/✓ rp_filter: .*\n/)
    const setting = '/proc/sys/net/bridge/bridge-nf-call-iptables'
    const bridged = existsSync(setting)
    const before = bridged ? readFileSync(setting) : ''
    sh('ip', 'link', 'add', 'uplink2', 'type', 'bridge')
    sh('ip', 'address', 'add', '10.94.8.1/24', 'dev', 'uplink2')
    sh('ip', 'link', 'set', 'uplink2', 'up')
    sh('ip', 'route', 'add', 'default', 'via', '10.94.8.2', 'dev', 'uplink2', 'metric', '4000')
    writeFileSync('/proc/sys/net/ipv4/conf/uplink2/rp_filter', '1')
    sh('iptables', '-I', 'FORWARD', '-j', 'DROP')
    if (bridged) writeFileSync(setting, '1')
    try {
      const { text } = await doctor()
      expect(text).toMatch(/! rp_filter: strict on uplink2, .*\n.*sysctl -w net\.ipv4\.conf\.uplink2\.rp_filter=2/)
      if (bridged) {
        const fix = /✗ br_netfilter: .*\n.*: `(iptables .*)`/.exec(text)?.[1] ?? ''
        sh('sh', '-c', fix)
        expect((await doctor('--all')).text).toMatch(/✓ br_netfilter: /)
        expect(instance.steps()).toEqual([])
      }
    } finally {
      if (bridged) writeFileSync(setting, before)
      sh('iptables', '-D', 'FORWARD', '-j', 'DROP')
      sh('ip', 'link', 'delete', 'uplink2')
    }
  })
})

describe('doctor --repair', () => {
  beforeEach(() => {
    instance.stack(stack)
    instance.apply()
  })

  it('restores missing rules and IP forwarding, and leaves rules of others', async () => {
    const pids = instance.pids()
    sh('iptables', '-N', 'OTHERS')
    const chain = sh('iptables-save').match(/^:(HEROPODS-\S*FORWARD)/m)?.[1] ?? ''
    sh('iptables', '-F', chain)
    writeFileSync(forwarding, '0')
    const found = await doctor()
    expect(found.code).toBe(1)
    expect(found.text).toMatch(/✗ ip_forward: off, and networks exist/)
    expect(found.text).toMatch(/✗ test\/network\/lan: /)
    const refused = await doctor('--repair')
    expect([refused.code, refused.text]).toEqual([3, expect.stringContaining('not-agreed')])
    expect(readFileSync(forwarding, 'utf8').trim()).toBe('0')
    const repaired = await doctor('--repair', '--yes')
    expect(repaired.text).toContain('IP forwarding was turned on.')
    expect(repaired.text).toContain('test/network/lan')
    expect(repaired.code).toBe(0)
    expect(readFileSync(forwarding, 'utf8').trim()).toBe('1')
    expect(instance.steps()).toEqual([])
    expect(instance.pids()).toEqual(pids)
    expect(sh('iptables-save')).toContain(':OTHERS ')
    sh('iptables', '-X', 'OTHERS')
    // Nothing is left to do.
    expect((await doctor('--repair', '--yes')).code).toBe(0)
  })

  it('rebuilds damaged records', async () => {
    const folder = join(instance.data, 'networks/test')
    const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? '')
    writeFileSync(path, 'garbage')
    expect((await doctor()).text).toContain(path)
    const repaired = await doctor('--repair', '--yes')
    expect([repaired.code, repaired.text]).toEqual([0, expect.stringContaining('moved aside')])
    expect((await doctor()).text).not.toContain('damaged')
    expect(instance.steps()).toEqual([])
  })

  it('can be repeated after a kill before any of its effects', { timeout: 600_000 }, async () => {
    const folder = join(instance.data, 'networks/test')
    const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? '')
    const chain = sh('iptables-save').match(/^:(HEROPODS-\S*FORWARD)/m)?.[1] ?? ''
    const pids = instance.pids()
    let kills = 0
    for (let signal: string | null = 'SIGKILL', position = 1; signal === 'SIGKILL'; position += everyEffect ? 1 : 4) {
      writeFileSync(path, 'garbage')
      sh('iptables', '-F', chain)
      writeFileSync(forwarding, '0')
      ;({ signal } = instance.heropods(['doctor', '--repair', '--yes'], { HEROPODS_KILL_AT: `before:${position}` }))
      if (signal === 'SIGKILL') {
        kills += 1
        expect([position, (await doctor('--repair', '--yes')).code]).toEqual([position, 0])
      }
      const place = `killed before effect ${position}`
      expect(readFileSync(forwarding, 'utf8').trim(), place).toBe('1')
      expect(readFileSync(path, 'utf8'), place).toContain('10.94.7.0/24')
      expect(instance.steps(), place).toEqual([])
      expect(instance.pids(), place).toEqual(pids)
    }
    expect(kills).toBeGreaterThan(2)
  })

  it('removes half-written files of a killed run, which apply finishes', async () => {
    instance.stack(stack.replace('"1000"', '"1001"'))
    const killed = instance.heropods(['apply', '--yes', 'test.yaml'], { HEROPODS_KILL_AT: 'step:1' })
    expect(killed.signal).toBe('SIGKILL')
    const half = join(instance.data, 'networks/test/.4193999-0123456789ab.tmp')
    writeFileSync(half, 'half')
    expect((await doctor()).text).toMatch(/! last run: run 2 was interrupted.*\n.*heropods apply/)
    await doctor('--repair', '--yes')
    expect(existsSync(half)).toBe(false)
    instance.apply()
    expect((await doctor()).text).not.toContain('interrupted')
    expect(instance.steps()).toEqual([])
  })
})

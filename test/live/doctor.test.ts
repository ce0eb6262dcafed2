import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
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

const forwarding = '/proc/sys/net/ipv4/ip_forward'
const stack = `networks: { lan: { subnet: 10.94.7.0/24 } }
containers:
  web: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, networks: [lan], ports: ["18093:80"] }
`

describe('doctor', () => {
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

import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { hostState, Instance, sh } from '../support.ts'

/** Whoever keeps sending to a published udp port, from a port of its own, reaches the container that has it now. */
const instance = new Instance()
const { id } = instancePaths(instance.environment)
const children: ChildProcess[] = []
const bystander = createSocket('udp4')
let pristine = ''

const [host, client] = ['192.0.2.1', '192.0.2.2']
const program = (namespace: string, text: string, ...args: string[]): ChildProcess => {
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', text, ...args])
  children.push(child)
  return child
}
const echo = `const s = require('dgram').createSocket('udp4')
s.on('message', (text, from) => s.send(process.argv[1] + ' ' + text, from.port, from.address))
s.bind(Number(process.argv[2]))`
const sends = `const [from, to] = process.argv.slice(1).map(Number)
const s = require('dgram').createSocket('udp4')
let count = 0
s.on('error', () => undefined)
s.on('message', (text) => console.log(String(text)))
s.bind(from, '${client}', () => setInterval(() => s.send(String(count++), to, '${host}'), 50))`

/** Who has answered since it was last asked. */
class Sender {
  private answers: string[] = []
  constructor(from: number, to: number) {
    program('udp-client', sends, String(from), String(to)).stdout?.on('data', (text) =>
      this.answers.push(...String(text).trim().split('\n')),
    )
  }
  /** Only what was sent from now on counts. */
  async isAnsweredBy(name: string): Promise<void> {
    this.answers = []
    await expect.poll(() => this.answers.at(-1), { timeout: 10_000 }).toMatch(new RegExp(`^${name} `))
  }
}

const flows = (...args: string[]): readonly string[] =>
  sh('conntrack', '-L', '-p', 'udp', '-o', 'id', ...args)
    .split('\n')
    .filter((line) => line.startsWith('udp'))
const idOf = (line: string | undefined): string | undefined => /id=(\d+)/.exec(line ?? '')?.[1]

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s'
const published = '{ target: 53, published: 5353, protocol: udp, public: true }'
const stack = (a: string, b: string, more = ''): string =>
  instance.stack(
    `networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers:\n  a: { ${sleeper}, ports: [${a}] }\n  b: { ${sleeper}, ports: [${b}] }\n${more}`,
  )
let sender: Sender

beforeAll(async () => {
  pristine = hostState()
  sh('ip', 'netns', 'add', 'udp-client')
  sh('ip', 'link', 'add', 'udp0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', 'udp-client')
  sh('ip', 'addr', 'add', `${host}/24`, 'dev', 'udp0')
  sh('ip', 'link', 'set', 'udp0', 'up')
  sh('ip', '-n', 'udp-client', 'addr', 'add', `${client}/24`, 'dev', 'eth0')
  sh('ip', '-n', 'udp-client', 'link', 'set', 'eth0', 'up')
  bystander.on('message', (text, from) => bystander.send(`host ${text}`, from.port, from.address))
  await new Promise<void>((resolve) => bystander.bind(5399, host, resolve))
  stack('', '')
  instance.apply()
  for (const name of ['a', 'b']) program(`hp${id}+test+${name}`, echo, name, '53')
  sender = new Sender(40000, 5353)
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  bystander.close()
  sh('ip', 'link', 'delete', 'udp0')
  sh('ip', 'netns', 'delete', 'udp-client')
  instance.end()
  expect(hostState()).toBe(pristine)
})

describe('a sender that keeps its port', () => {
  it('reaches the container once the port is published, after it has moved, and no container after it has gone', async () => {
    const other = new Sender(40001, 5399)
    await other.isAnsweredBy('host')
    stack(published, '')
    instance.apply()
    await sender.isAnsweredBy('a')
    const kept = idOf(flows('--orig-port-dst', '5399')[0])
    expect(kept).toBeDefined()
    stack('', published)
    instance.apply()
    await sender.isAnsweredBy('b')
    expect(instance.steps()).toEqual([])
    stack('', '')
    instance.apply()
    expect(flows('--orig-port-dst', '5353').filter((line) => line.includes('src=10.76.0.'))).toEqual([])
    // Nobody else's flow was touched.
    await other.isAnsweredBy('host')
    expect(idOf(flows('--orig-port-dst', '5399')[0])).toBe(kept)
  })

  it('also where the run that moves the port is killed on the way: what is left is drift, and the next run does it', async () => {
    stack(published, '')
    instance.apply()
    await sender.isAnsweredBy('a')
    stack('', published)
    const isLeft = (): boolean =>
      instance.steps().some(({ changes }) => changes.some(({ drift }) => drift?.startsWith('UDP flows')))
    let position = 1
    while (position <= 6 && !isLeft()) {
      instance.heropods(['apply', '--yes', 'test.yaml'], { HEROPODS_KILL_AT: `after:${position}` })
      position += 1
    }
    expect(isLeft()).toBe(true)
    instance.apply()
    await sender.isAnsweredBy('b')
    expect(instance.steps()).toEqual([])
  })

  it('reaches it also where it began while the rules were gone', async () => {
    stack('', published)
    instance.apply()
    sh('iptables', '-t', 'nat', '-F')
    const late = new Sender(40002, 5353)
    await expect.poll(() => flows('--orig-port-src', '40002').length).toBe(1)
    instance.apply()
    await late.isAnsweredBy('b')
    await sender.isAnsweredBy('b')
    expect(instance.steps()).toEqual([])
  })

  it('does not reach who has got the address of a container that has gone', async () => {
    stack('', published)
    instance.apply()
    await sender.isAnsweredBy('b')
    instance.stack(`networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers:\n  a: { ${sleeper} }\n`)
    instance.apply()
    expect(flows().filter((line) => line.includes('=10.76.0.3'))).toEqual([])
  })
})

describe('ranges of udp ports', () => {
  it('lead to as many ports of the container, side by side with tcp', async () => {
    const range = '"192.0.2.1:5360-5362:60-62/udp", "5360:80"'
    instance.stack(
      `networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers:\n  a: { image: busybox, command: [httpd, -f, -p, "80", -h, /etc], stop_grace_period: 0s, ports: [${range}] }\n`,
    )
    instance.apply()
    for (const [index, port] of [5360, 5361, 5362].entries()) {
      program(`hp${id}+test+a`, echo, `at${port}`, String(60 + index))
      await new Sender(41000 + index, port).isAnsweredBy(`at${port}`)
    }
    const response = await fetch('http://127.0.0.1:5360/hostname')
    expect(await response.text()).toBe('a\n')
    expect(instance.steps()).toEqual([])
  })
})

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
const instance = new Instance()
const before = hostState()

/** What a command writes to a terminal that knows colours and its size. */
function onTerminal(...args: readonly string[]): string {
  const command = ['stty rows 50 columns 200;', process.execPath, cli, ...args].join(' ')
  return spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: instance.base,
    env: { ...instance.environment, TERM: 'xterm-256color', HEROPODS_YES: '1' },
    encoding: 'utf8',
    timeout: 100_000,
  }).stdout
}

/** Signs that steer a terminal, but for the colours and the drawing of ours. */
const steering = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /\u001b(?:\[(?!(?:1|2|22|31|32|33|39)m|\d*[AGK]|\?(?:25|2026)[lh])[^a-zA-Z]*[a-zA-Z]|[^[])|[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u0007]/g,
    ),
  ].map(([found]) => found)

// Erases the screen, goes up, turns the direction of text, sets the title, rings.
const hostile = 'x\\e[2Jx\\u009b9Ax\\u202ex\\e]0;title\\ax\\e[8m'
const stack = (text: string): string => `configs: { c: { content: "${text}" } }
containers:
  one:
    image: busybox
    command: [sh, -c, 'printf "%b\\\\n" "$$A"; exec sleep 1000', "${text}"]
    environment: { A: "${text}\\nNo changes." }
    labels: { a: "${text}" }
    annotations: { a: "${text}" }
    configs: [{ source: c, target: /c }]
    healthcheck: { test: [CMD, "true", "${text}"] }
    network_mode: none
    stop_grace_period: 0s
`

beforeAll(() => {
  instance.stack(stack('plain'))
  instance.apply()
})

afterAll(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

describe('text of stacks and containers does not steer a terminal', () => {
  it('in plans, applies and what is looked at', () => {
    instance.stack(stack(hostile))
    const diff = onTerminal('diff', 'test.yaml', '--show-values')
    expect(diff).toContain('x\\u001b[2Jx')
    expect(diff).toContain('\\nNo changes.')
    expect(diff).not.toMatch(/^No changes\./m)
    const outputs = [
      diff,
      onTerminal('apply', 'test.yaml'),
      onTerminal('apply', 'test.yaml'),
      ...[
        ['ps'],
        ['inspect', 'one'],
        ['history'],
        ['history', '2'],
        ['diff', '@1', '@2'],
        ['status'],
        ['events', '--since', '1h'],
      ].map((args) => onTerminal(...args)),
      ...[
        ['config', 'test.yaml'],
        ['validate', 'test.yaml'],
        ['diff', 'test.yaml', '--json'],
        ['ps', '--json'],
      ].map((args) => onTerminal(...args)),
    ]
    for (const text of outputs) expect([steering(text), text.slice(0, 200)]).toEqual([[], text.slice(0, 200)])
    expect(diff).toContain('\u001b[')
  })

  it('in errors with the line as written, and for commands that do not exist', () => {
    const bad = `containers: { web: { image: busybox, mem_limit: "x\u202e\u009bx", extra_hosts: ["x\\e[2Jx"] } }\n`
    instance.stack(bad, 'bad')
    for (const args of [['validate', 'bad.yaml'], ["$'x\\e[2Jx'"], ['ps', "$'x\\e[2Jx'"]]) {
      const text = onTerminal(...args)
      expect(text).toContain('rror')
      expect(steering(text)).toEqual([])
    }
  })

  it('config prints what reads as the same stack', () => {
    const text = instance.ok('config', 'test.yaml')
    expect(steering(text)).toEqual([])
    instance.write('again.yaml', text)
    expect(instance.steps('again.yaml')).toEqual([])
  })

  it('logs escape what steers a terminal unless --raw is given, and elsewhere pass lines on as they are', () => {
    // Its colours and styles stay, and end with the line.
    expect(steering(onTerminal('logs', 'one'))).toEqual(['\u001b[8m', '\u001b[0m'])
    expect(onTerminal('logs', 'one')).toContain('\\u202e')
    expect(onTerminal('logs', '--raw', 'one')).toContain('x\u001b[2Jx')
    expect(instance.ok('logs', 'one')).toContain('x\u001b[2Jx')
  })
})

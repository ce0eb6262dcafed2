import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Watched } from './watch/watching.ts'

const schemas = join(import.meta.dirname, '../../schemas/output')
const instance = new Watched()
const commands: Readonly<Record<string, readonly string[]>> = {
  init: ['init', 'new', '--json'],
  fmt: ['fmt', 'test.yaml', '--json'],
  import: ['import', 'demo.heroscript', '--json'],
  diff: ['diff', 'test.yaml', '--json'],
  play: ['play', 'demo.heroscript', '--dry-run', '--json'],
  ps: ['ps', '--json'],
  inspect: ['inspect', 'one'],
  stats: ['stats', '--no-stream', '--json'],
  top: ['top', 'one', '--json'],
  changes: ['changes', 'one', '--json'],
  port: ['port', 'one', '--json'],
  wait: ['wait', 'job', '--json'],
  'network-ls': ['network', 'ls', '--json'],
  'volume-ls': ['volume', 'ls', '--json'],
  'image-ls': ['image', 'ls', '--json'],
  'image-info': ['image', 'info', 'sha256:', '--json'],
  'instance-ls': ['instance', 'ls', '--json'],
  doctor: ['doctor', '--json'],
  refresh: ['refresh', '--json'],
  history: ['history', '--json'],
  why: ['why', 'one', '--json'],
  'generation-diff': ['diff', '@1', '@2', '--json'],
  explain: ['explain', '--json'],
  'watch-unit': ['watch', 'install', '/srv/stacks', '--print', '--json'],
  'boot-status': ['boot', 'status', '--json'],
  run: ['run', '-d', '--stop-timeout', '0', '--json', 'busybox', 'sleep', '1000'],
}

beforeAll(() => {
  const body = (label: string): string =>
    `volumes: { data: }\ncontainers:\n  one: { image: busybox, command: [sleep, "1000"], labels: { a: ${label} }, volumes: ["data:/d"], ports: ["18076:80"], stop_grace_period: 0s }\n  job: { image: busybox, command: ["true"], restart: "no" }\n`
  instance.stack(body('b'))
  instance.apply()
  instance.stack(body('b').replace('18076', '18077'))
  instance.apply()
  instance.stack(body('c'))
  instance.write('demo.heroscript', '!!heropods.container_exec name:one cmd:ls\n')
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
})

describe('what --json prints follows its schema', () => {
  const validate = (name: string, data: unknown): void => {
    const check = new Ajv({ allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')) as object,
    )
    expect(check(data), JSON.stringify(check.errors)).toBe(true)
  }
  for (const [name, args] of Object.entries(commands)) it(name, () => validate(name, JSON.parse(instance.ok(...args))))

  it('event', () => {
    const lines = instance.ok('apply', 'test.yaml', '--yes', '--json').trim().split('\n')
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) validate('event', JSON.parse(line))
  })

  it('status without a watch, while one is at work, and as it changes; events', async () => {
    const found = (): { watched: object | null } => JSON.parse(instance.ok('status', '--json'))
    expect(found().watched).toBeNull()
    validate('status', found())
    instance.ok('destroy', '--all', '--yes')
    const file = instance.state(
      'kept',
      'containers:\n  one: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }\n',
    )
    instance.watch()
    await instance.ready('kept')
    const lines: string[] = []
    const following = instance.start('status', '-w', '--json')
    following.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')))
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(0)
    writeFileSync(file, 'broken: [')
    await instance.condition('kept', 'Degraded', 'Invalid')
    await expect.poll(() => lines.some((line) => line.includes('"Invalid"')), { timeout: 20_000 }).toBe(true)
    following.kill()
    for (const line of lines) validate('status', JSON.parse(line))
    expect(found().watched).toMatchObject({ source: { kind: 'directory', location: instance.folder } })
    expect(instance.ok('status', 'kept')).toContain(`at stacks/kept.yaml:1:`)
    await instance.unwatch()
    expect(found().watched).toBeNull()
    const events = instance.ok('events', '--json').trim().split('\n')
    expect(events.length).toBeGreaterThan(5)
    for (const line of events) validate('host-event', JSON.parse(line))
    for (const event of instance.events) validate('host-event', event)
  })

  it('every schema is used', () =>
    expect(
      readdirSync(schemas)
        .map((file) => file.replace('.schema.json', ''))
        .sort(),
    ).toEqual([...Object.keys(commands), 'event', 'status', 'host-event'].sort()))
})

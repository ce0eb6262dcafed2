import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
const instance = new Instance()
let before: string
let process: number | null | undefined

beforeAll(() => {
  before = hostState()
  instance.stack(stack)
  instance.apply('test.yaml', '--wait')
  process = instance.containers().get('a')?.pid
})

const stack = `networks: { lan: { subnet: 10.62.0.0/24 } }
volumes: { data: }
containers:
  a:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    volumes: ["data:/data"]
    ports: ["18062:80"]
    configs: [{ source: page, target: /page }]
    healthcheck: { test: [CMD, "true"], interval: 2s }
configs: { page: { content: hello } }
`
const withSecret = (word: string): string =>
  `${stack.replace('    configs:', '    secrets: [word]\n    configs:')}secrets: { word: { content: ${word} } }\n`

afterAll(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

const only = (folder: string, pattern: RegExp): string =>
  join(folder, readdirSync(folder).find((name) => pattern.test(name)) ?? 'none')

/** Every kind of record, by where it lies. */
const records: Readonly<Record<string, () => string>> = {
  'a container’s spec': () => join(instance.data, 'containers/test/a/spec.json'),
  'a container’s process': () => join(instance.run, 'containers/test/a/running.json'),
  'a network': () => join(instance.data, 'networks/test/lan.json'),
  'a volume': () => join(instance.data, 'volumes/test/.data.json'),
  'a claim on an image': () => only(join(instance.data, 'images/claims/test'), /json$/),
  'an image': () => join(only(join(instance.data, 'images'), /^[0-9a-f]{64}$/), 'image.json'),
  'the health of a run': () => join(only(join(instance.run, 'health'), /^test_a/), 'health.json'),
  'the instance’s key': () => join(instance.data, 'key'),
  'a parsed stack': () => only(join(instance.data, 'cache/stacks'), /json$/),
  'who holds the lock': () => join(instance.data, 'lock.holder'),
  'an exit code': () => join(instance.run, 'exits/test_a-1'),
}

const empty = (path: string) => {
  rmSync(path, { recursive: true, force: true })
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, '')
}

const damages: Readonly<Record<string, (path: string) => void>> = {
  truncated: (path) => (existsSync(path) ? truncateSync(path, 20) : empty(path)),
  emptied: empty,
  'replaced by a folder': (path) => {
    rmSync(path, { force: true })
    mkdirSync(join(path, 'inner'), { recursive: true })
  },
  'replaced by garbage': (path) => {
    empty(path)
    writeFileSync(path, Buffer.from([0, 255, 1, 254, 123, 10, 200]))
  },
  'JSON of another shape': (path) => {
    empty(path)
    writeFileSync(path, '{"spec":{"networks":7},"owner":{},"version":2,"documents":[4],"pid":"x"}')
  },
  'the JSON null': (path) => {
    empty(path)
    writeFileSync(path, 'null')
  },
}

/** In `npm test` every record is damaged in one of the ways; HEROPODS_ALL_DAMAGES tries all. */
const rows = Object.keys(records).flatMap((record, index) =>
  Object.keys(damages)
    .filter((_, way) => globalThis.process.env.HEROPODS_ALL_DAMAGES || (way + index) % 6 === 0)
    .map((way) => [record, way] as const),
)

async function beside(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(globalThis.process.execPath, [cli, ...args], { cwd: instance.base, env: instance.environment })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

describe('a damaged record', () => {
  it.each(rows)('%s, %s: every command answers, the process runs on, refresh repairs it', async (record, way) => {
    const path = (records[record] as () => string)()
    ;(damages[way] as (path: string) => void)(path)
    const looks = [['diff', 'test.yaml'], ['ps'], ['status'], ['history'], ['inspect', 'a'], ['logs', 'a'], ['doctor']]
    for (const [index, { code, said }] of (await Promise.all(looks.map((args) => beside(...args)))).entries()) {
      expect(said, looks[index]?.join(' ')).not.toMatch(/internal|^\s+at /m)
      expect(code, said).toBe(0)
    }
    instance.ok('refresh')
    expect(instance.heropods(['diff', 'test.yaml', '--exit-code'])).toMatchObject({ code: 0, stderr: '' })
    expect(instance.containers().get('a')?.pid).toBe(process)
  })

  it('is named with its path, what is wrong with it and the way out', () => {
    const path = join(instance.data, 'containers/test/a/spec.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('"networks":[', '"networks":7,"x":['))
    const { stderr } = instance.heropods(['diff', 'test.yaml'])
    expect(stderr).toContain(
      `warning[record-damaged] The record ${path} is damaged: it has a wrong value: /spec/networks is not a list`,
    )
    expect(stderr).toContain('heropods refresh')
    writeFileSync(path, text)
  })

  it('of every object at once keeps nothing from being destroyed', () => {
    const keep = ['a container’s spec', 'a container’s process', 'a network', 'a claim on an image', 'an image']
    for (const record of keep)
      (damages['JSON of another shape'] as (path: string) => void)((records[record] as () => string)())
    instance.ok('destroy', '--yes', 'test')
    expect(hostState()).toBe(before)
    instance.apply()
  })
})

const redis = (...args: string[]): string => sh('redis-cli', '-s', join(instance.run, 'redis.sock'), ...args).trim()
const keys = (): readonly [key: string, type: string][] =>
  redis('--scan', '--pattern', 'heropods:*')
    .split('\n')
    .filter((key) => !key.endsWith(':writer'))
    .map((key) => [key, redis('type', key)])

/** Every field of every key holds this. */
function overwrite(text: string): void {
  for (const [key, type] of keys()) {
    if (type === 'string') redis('set', key, text)
    else if (type === 'set') redis('sadd', key, text)
    else if (type === 'stream') redis('xadd', key, '*', 'event', text)
    else for (const field of redis('hkeys', key).split('\n')) redis('hset', key, field, text)
  }
}
const ofAnotherType = (): void => {
  for (const [key, type] of keys()) {
    redis('del', key)
    if (type === 'string') redis('hset', key, 'a', 'b')
    else redis('set', key, 'b')
  }
}

describe('what is damaged in Redis', () => {
  beforeAll(() => {
    instance.stack(withSecret('hello'))
    instance.apply()
  })

  it.each([
    ['keys of another type', ofAnotherType],
    ['garbage', () => overwrite('{')],
    ['the JSON null', () => overwrite('null')],
    ['JSON of another shape', () => overwrite('{"address":7,"stacks":{"a":1},"time":[],"conditions":"x"}')],
  ])('%s: every command answers, the process runs on, refresh repairs it', async (_, damage) => {
    process = instance.containers().get('a')?.pid
    const [some = ''] = keys()[0] ?? []
    const key = (name: string): string => some.replace(/[^:]*$/, name)
    redis('hset', key('stacks'), 'test/applied', '1', 'test/source', '"/srv"', 'test/settings', '{}')
    redis('set', key('status'), '{}')
    redis('sadd', key('suspended'), 'other')
    redis('sadd', key('pending'), 'test/container/a:update')
    const generations = JSON.parse(instance.ok('history', '--json', '--limit', '100')).generations.length
    damage()
    const commands = [['diff', 'test.yaml'], ['ps'], ['status'], ['history'], ['inspect', 'a'], ['events'], ['doctor']]
    for (const [index, { code, said }] of (await Promise.all(commands.map((args) => beside(...args)))).entries()) {
      expect(said, commands[index]?.join(' ')).not.toMatch(/internal|^\s+at /m)
      expect(code, said).toBe(0)
    }
    const { code, stdout, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(stdout + stderr).not.toMatch(/error\[internal\]|^\s+at .*\.js/m)
    if (code !== 0) expect(stderr).toContain('heropods refresh')
    instance.ok('refresh')
    expect(instance.heropods(['diff', 'test.yaml', '--exit-code'])).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(instance.ok('history', '--json', '--limit', '100')).generations).toHaveLength(generations)
    expect(instance.apply()).toContain('No changes')
    expect(instance.heropods(['suspend', 'none']).stderr).toContain('error[unknown-stack]')
    expect(instance.containers().get('a')?.pid).toBe(process)
  })

  it('sealed values, garbage and another one: a rollback says so and changes nothing, refresh brings them back', () => {
    const key = keys().find(([name]) => name.endsWith(':sealed'))?.[0] ?? 'none'
    const word = (): string => instance.exec('a', 'cat', '/run/secrets/word')
    const { generation } = JSON.parse(instance.ok('history', '--json')).generations[0] as { generation: number }
    instance.stack(withSecret('goodbye'))
    instance.apply()
    const names = redis('hkeys', key).split('\n')
    const [first = ''] = names.map((name) => redis('hget', key, name))
    for (const [position, name] of names.entries()) redis('hset', key, name, position === 0 ? '{' : first)
    const { code, stderr } = instance.heropods(['rollback', String(generation), '--yes'])
    expect([code, stderr]).toEqual([3, expect.stringContaining('error[sensitive-unreadable]')])
    expect(stderr).toContain('`heropods refresh`')
    expect(word()).toBe('goodbye')
    // A stack that needs none of them goes on.
    expect(instance.heropods(['diff', 'test.yaml', '--exit-code'])).toMatchObject({ code: 0, stderr: '' })
    instance.ok('refresh')
    instance.ok('rollback', String(generation), '--yes')
    expect(word()).toBe('hello')
    instance.stack(withSecret('hello'))
    expect(instance.apply()).toContain('No changes')
  })

  it('keeps nothing from being destroyed', () => {
    ofAnotherType()
    instance.ok('destroy', '--yes', 'test')
    expect(hostState()).toBe(before)
    instance.ok('refresh')
    instance.apply()
  })
})

describe('a suspended stack', () => {
  it('stays suspended when Redis is emptied, until it is resumed', () => {
    const some = keys()[0]?.[0] ?? ''
    redis('hset', some.replace(/[^:]*$/, 'stacks'), 'test/source', '"/srv"')
    instance.ok('suspend', 'test')
    redis('flushall')
    expect(instance.heropods(['suspend', 'none']).stderr).toContain('Stacks: test.')
    expect(instance.ok('resume', 'test')).toBe('test resumed\n')
    redis('flushall')
    expect(instance.heropods(['suspend', 'none']).stderr).toContain('has not run on this instance')
    instance.ok('refresh')
  })
})

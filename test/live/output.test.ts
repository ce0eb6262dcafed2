import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance } from './support.ts'

const schemas = join(import.meta.dirname, '../../schemas/output')
const instance = new Instance()
const commands: Readonly<Record<string, readonly string[]>> = {
  diff: ['diff', 'test.yaml', '--json'],
  ps: ['ps', '--json'],
  inspect: ['inspect', 'one'],
  'network-ls': ['network', 'ls', '--json'],
  'volume-ls': ['volume', 'ls', '--json'],
  'image-ls': ['image', 'ls', '--json'],
  'instance-ls': ['instance', 'ls', '--json'],
  doctor: ['doctor', '--json'],
  refresh: ['refresh', '--json'],
  history: ['history', '--json'],
  'generation-diff': ['diff', '@1', '@2', '--json'],
  'watch-unit': ['watch', 'install', '/srv/stacks', '--print', '--json'],
}

beforeAll(() => {
  const body = (label: string): string =>
    `volumes: { data: }\ncontainers:\n  one: { image: busybox, command: [sleep, "1000"], labels: { a: ${label} }, volumes: ["data:/d"], ports: ["18076:80"], stop_grace_period: 0s }\n`
  instance.stack(body('b'))
  instance.apply()
  instance.stack(body('b').replace('18076', '18077'))
  instance.apply()
  instance.stack(body('c'))
})
afterAll(() => instance.end())

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

  it('every schema is used', () =>
    expect(
      readdirSync(schemas)
        .map((file) => file.replace('.schema.json', ''))
        .sort(),
    ).toEqual([...Object.keys(commands), 'event'].sort()))
})

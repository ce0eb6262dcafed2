import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance } from '../support.ts'
import { LanguageServer } from './language-server.ts'

/** The stack that `heropods init` writes, in the real yaml-language-server. */
const instance = new Instance()
const server = new LanguageServer()
beforeAll(async () => {
  instance.ok('init', 'shop')
  await server.start()
})
afterAll(() => {
  server.stop()
  instance.end()
})

const root = join(import.meta.dirname, '../../..')
const head =
  '# yaml-language-server: $schema=.heropods.schema.json\napiVersion: heropods/v1\nkind: Stack\nmetadata: { name: shop }\n'
let count = 0
/** A new document in the folder of the stack; its problems as `LINE:COLUMN message`. */
async function open(body: string) {
  count += 1
  const file = join(instance.base, 'shop', `doc${count}.yaml`)
  const problems = await server.open(file, head + body)
  return {
    file,
    problems: problems.map(({ message, range: { start } }) => `${start.line - 3}:${start.character + 1} ${message}`),
  }
}

const labels = async (body: string, line: number, character: number): Promise<readonly string[]> => {
  const { file } = await open(body)
  const result = (await server.at('completion', file, line + 3, character)) as { items: readonly { label: string }[] }
  return result.items.map(({ label }) => label)
}

it('a new stack has no problems', async () => {
  const file = join(instance.base, 'shop/heropods.yaml')
  expect(await server.open(file, readFileSync(file, 'utf8'))).toEqual([])
})

describe('no false problem in', () => {
  const files = (readdirSync(join(root, 'examples'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('pulumi'))
    .map((name) => join(root, 'examples', name))
  const templates = readdirSync(join(root, 'stacks'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(root, 'stacks', name))
  it.each([...files, ...templates].map((file) => file.slice(root.length + 1)))('%s', async (name) => {
    const file = join(root, name)
    expect(await server.open(file, readFileSync(file, 'utf8'))).toEqual([])
  })
})

describe('completion', () => {
  it('lists the top-level keys', async () =>
    expect(await labels('\n', 1, 0)).toEqual(expect.arrayContaining(['containers', 'networks'])))
  it('lists the fields of a container, also under `services`', async () => {
    for (const key of ['containers', 'services'])
      expect(await labels(`${key}:\n  web:\n    image: busybox\n    \n`, 4, 4)).toEqual(
        expect.arrayContaining(['mem_limit', 'healthcheck', 'ports']),
      )
  })
  it('lists the values of a field', async () =>
    expect(await labels('containers:\n  web:\n    restart: \n', 3, 13)).toEqual(
      expect.arrayContaining(['always', 'unless-stopped', 'on-failure:3']),
    ))
})

it('hover shows the meaning of a field, its default and an example', async () => {
  const { file } = await open('containers:\n  web:\n    image: busybox\n    stop_grace_period: 5s\n')
  const hover = JSON.stringify(await server.at('hover', file, 7, 8))
  expect(hover).toContain('SIGKILL')
})

describe('the right problem at the right place', () => {
  it('an unknown key', async () =>
    expect((await open('containers:\n  web:\n    imagee: busybox\n')).problems).toEqual([
      expect.stringMatching(/^3:5 Property imagee is not allowed/),
    ]))
  it('a wrong type', async () =>
    expect((await open('containers:\n  web:\n    image: busybox\n    read_only: 5\n')).problems).toEqual([
      expect.stringMatching(/^4:16 Incorrect type/),
    ]))
  it('a value that is not allowed', async () =>
    expect((await open('reconcile: { mode: repair }\n')).problems).toEqual([
      expect.stringMatching(/^1:20 Value is not accepted. Valid values: "heal", "warn", "detect"/),
    ]))
  it('a missing header', async () => {
    const file = join(instance.base, 'shop/headless.yaml')
    const problems = await server.open(
      file,
      '# yaml-language-server: $schema=.heropods.schema.json\nkind: Stack\nmetadata: { name: a }\n',
    )
    expect(problems.map(({ message }) => message)).toEqual(['Missing property "apiVersion".'])
  })
})

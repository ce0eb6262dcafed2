import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Instance } from '../support.ts'

const instance = new Instance()
afterAll(() => instance.end())
const root = join(import.meta.dirname, '../../..')

const ugly =
  'kind: Stack\napiVersion:   heropods/v1\nmetadata: {name: x}\ncontainers: {a: {command: [ sleep, "1" ], image: busybox}}\n'
const pretty =
  'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: x }\ncontainers: { a: { image: busybox, command: [sleep, "1"] } }\n'

it('--check and --diff write nothing and exit with 1; then the file is formatted in place', () => {
  const file = instance.write('x.yaml', ugly)
  expect(instance.heropods(['fmt', '--check', 'x.yaml'])).toMatchObject({ code: 1, stdout: `${file}\n` })
  const { code, stdout } = instance.heropods(['fmt', '--diff', 'x.yaml'])
  expect(code).toBe(1)
  expect(stdout).toContain('- metadata: {name: x}\n')
  expect(stdout).toContain('+ metadata: { name: x }\n')
  expect(readFileSync(file, 'utf8')).toBe(ugly)
  const before = instance.ok('config', 'x.yaml')
  expect(instance.ok('fmt', 'x.yaml')).toBe(`${file}\n`)
  expect(readFileSync(file, 'utf8')).toBe(pretty)
  expect(instance.ok('config', 'x.yaml')).toBe(before)
  expect(instance.ok('fmt', 'x.yaml')).toBe('')
  expect(instance.ok('fmt', '--check', 'x.yaml')).toBe('')
})

it('standard input goes to standard output', () => {
  const answer = spawnSync(process.execPath, [join(root, 'dist/heropods.js'), 'fmt', '-'], {
    input: ugly,
    encoding: 'utf8',
  })
  expect(answer).toMatchObject({ status: 0, stdout: pretty })
})

it('broken YAML is refused with its place, and no file is written', () => {
  const good = instance.write('both/a.yaml', ugly)
  instance.write('both/b.yaml', 'containers: { [\n')
  expect(instance.heropods(['fmt', 'both'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/error\[yaml\][\s\S]*b.yaml:1:15/),
  })
  expect(readFileSync(good, 'utf8')).toBe(ugly)
})

describe('examples and templates', () => {
  it('are formatted', () => {
    const files = ['examples', 'stacks']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter((name) => name.endsWith('.yaml') && !name.startsWith('examples/pulumi'))
      .map((name) => join(root, name))
    expect(instance.ok('fmt', '--check', ...files)).toBe('')
  })

  it('the configuration of an example with another layout does not change', () => {
    cpSync(join(root, 'examples/configs'), join(instance.base, 'configs'), { recursive: true })
    const file = join(instance.base, 'configs/heropods.yaml')
    const before = instance.ok('config', file)
    const text = readFileSync(file, 'utf8')
    instance.write(
      'configs/heropods.yaml',
      text.replace(/^(containers|networks):/gm, '\n\n$1:   ').replaceAll(', ', ',  '),
    )
    instance.ok('fmt', file)
    expect(instance.ok('config', file)).toBe(before)
  })
})

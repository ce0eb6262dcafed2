import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { type Diagnostic, HeroPodsError } from '../../src/model/errors.ts'
import { largest } from '../../src/stack/read/read-file.ts'
import { head, loadIn } from './load.ts'

// These take a second or two each; with steps that grow with the square of the stack they took minutes.
vi.setConfig({ testTimeout: 60_000 })
const folder = mkdtempSync('/tmp/hp-large-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

const load = (text: string, variables: Readonly<Record<string, string>> = {}) => {
  writeFileSync(join(folder, 'heropods.yaml'), text)
  return loadIn(folder, { variables })
}
const refused = async (text: string): Promise<readonly Diagnostic[]> => {
  const error: unknown = await load(text).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HeroPodsError)
  return (error as HeroPodsError).diagnostics
}
const sizeOf = async (text: string): Promise<number | undefined> => (await load(text)).stacks[0]?.resources.size

it('of thousands of problems a hundred are reported with their places, and the number of the rest', async () => {
  const found = await refused(
    `${head}containers:\n${many(2000, (position) => `  c${position}: { image: busybox, network_mode: none, depends_on: [d${position}] }\n`)}`,
  )
  expect(found).toHaveLength(101)
  expect(found[99]?.place).toMatchObject({ line: 104, column: 59 })
  expect(found[99]?.message).toContain('Did you mean "c9')
  expect(found[99]?.hint).toBe(`Known: ${many(20, (position) => `c${position}, `).slice(0, -2)} and 1979 more.`)
  expect(found[100]).toMatchObject({ code: 'more-problems', message: 'There are 1900 more problems.' })
})

for (const [what, text] of Object.entries({
  'unknown keys': `containers:\n${many(3000, (position) => `  c${position}: { image: busybox, depend: [gone] }\n`)}`,
  'unknown keys in one map': `containers:\n  c:\n    image: busybox\n${many(5000, (position) => `    k${position}: 1\n`)}`,
  'variables that are not declared': `variables:\n${many(3000, (position) => `  v${position}: {}\n`)}containers: { c: { image: busybox, command: [${many(3000, (position) => `'\${w${position}}', `)}] } }\n`,
  'networks that are not there': `networks:\n${many(1500, (position) => `  n${position}: {}\n`)}containers:\n${many(1500, (position) => `  c${position}: { image: busybox, networks: [m${position}] }\n`)}`,
  'keys that stand twice': `containers:\n${many(5000, (position) => `  c${position % 10}: { image: busybox }\n`)}`,
  'faults of YAML': `containers:\n${many(3000, (position) => `  c${position}: { image: busybox ]\n`)}`,
  'stacks of one name': many(1500, () => `---\n${head}`),
}))
  it(`a stack full of ${what} is refused`, async () => {
    const found = await refused(`${head}${text}`)
    expect(found).toHaveLength(101)
    expect(found.slice(0, 100).every(({ place }) => (place?.line ?? 0) > 3)).toBe(true)
  })

it('thousands of containers, each waiting for the next, are loaded', async () => {
  const last = 3000 - 1
  const next = (position: number): string => (position < last ? `, depends_on: [c${position + 1}]` : '')
  const text = `${head}containers:\n${many(3000, (position) => `  c${position}: { image: busybox, network_mode: none${next(position)} }\n`)}`
  expect(await sizeOf(text)).toBe(3001)
  const circle = text.replace(`c${last}: { image: busybox`, `c${last}: { image: busybox, depends_on: [c2990]`)
  const [found] = await refused(circle)
  expect(found?.message).toContain(
    `c2990 -> c2991 -> c2992 -> c2993 -> c2994 -> c2995 -> c2996 -> c2997 -> c2998 -> c2999 -> c2990`,
  )
})

it('a list of thousands of numbers that stand for texts is loaded as written', async () => {
  const { stacks } = await load(
    `${head}containers:\n  c:\n    image: busybox\n    command:\n${many(20_000, () => '    - 07\n')}`,
  )
  const [spec] = [...(stacks[0]?.resources.values() ?? [])].flatMap((one) =>
    one.kind === 'container' ? [one.spec] : [],
  )
  expect(spec?.command).toHaveLength(20_000)
  expect(new Set(spec?.command)).toEqual(new Set(['07']))
})

it('thousands of containers that extend one, or each the one before, are loaded or refused', async () => {
  const base = `${head}containers:\n  c0: { image: busybox, network_mode: none, environment: { A: a } }\n`
  expect(await sizeOf(base + many(1000, (position) => `  d${position}: { extends: c0 }\n`))).toBe(1002)
  expect(await sizeOf(base + many(90, (position) => `  c${position + 1}: { extends: c${position} }\n`))).toBe(92)
  const found = await refused(base + many(3000, (position) => `  c${position + 1}: { extends: c${position} }\n`))
  expect(found[0]?.message).toContain('longer than 100')
})

it('`1` and `"1"` are one key, at any depth, also below a key that occurs twice', async () => {
  const found = await refused(`${head}x-a: { 1: a, "1": { b: 1, b: 2 } }\nx-a: 2\n`)
  expect(found.map(({ message, place }) => [message, place?.line, place?.column])).toEqual(
    [
      ['1', 4, 14, 4],
      ['b', 4, 27, 4],
      ['x-a', 5, 1, 4],
    ].map(([key, line, column, first]) => [
      `The key \`${key}\` occurs twice in the same map, first in line ${first}.`,
      line,
      column,
    ]),
  )
})

it('a file that is larger than the bound is refused with the way out', async () => {
  const [found] = await refused(`${head}x-a: ${'a'.repeat(largest.stack)}\n`)
  expect(found).toMatchObject({ code: 'file-unreadable', hint: expect.stringContaining('`file:`') })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import catalogue from '../schemas/errors.json' with { type: 'json' }

const root = join(import.meta.dirname, '../src')
const files = readdirSync(root, { encoding: 'utf8', recursive: true }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('generated/'),
)
const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
const codes = catalogue.groups.flatMap(({ errors }) => Object.keys(errors))

/** What a template in the place of a code stands for. */
const templates: Readonly<Record<string, readonly string[]>> = { 'unknown-${kind}': ['unknown-user', 'unknown-group'] }

/** Codes where an error gets one: behind a key, as an answer of `?`, or as the argument of a function that makes an error. */
function raisedCodes(): ReadonlySet<string> {
  const found = source.matchAll(
    /(?:: |\? |\b(?:collectError|add|connectionError|failed)(?:<[^(]*>)?\((?:\s*context,)?\s*)['`]([a-z][^'`]*)['`]/g,
  )
  return new Set([...found].flatMap(([, code = '']) => templates[code] ?? [code]))
}

it('every code that src states is in the catalogue', () => {
  const stated = [...source.matchAll(/\bcode: ['`]([^'`]*)['`]/g)].flatMap(([, code = '']) => templates[code] ?? [code])
  expect(stated.length).toBeGreaterThan(100)
  expect(stated.filter((code) => !codes.includes(code))).toEqual([])
})

it('every code of the catalogue is raised somewhere', () => {
  const raised = raisedCodes()
  expect(codes.filter((code) => !raised.has(code))).toEqual([])
})

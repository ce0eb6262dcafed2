import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../src')

it('every code of an error is words in small letters with hyphens between them', () => {
  const files = readdirSync(root, { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.ts'))
  const codes = files.flatMap((file) => {
    const found = readFileSync(join(root, file), 'utf8').matchAll(/\bcode: '([^']*)'/g)
    return [...found].map(([, code]) => code)
  })
  expect(codes.length).toBeGreaterThan(100)
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code ?? ''))).toEqual([])
})

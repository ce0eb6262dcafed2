import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkValues } from '../../src/heroscript/check-values.ts'
import { readHeroScript } from '../../src/heroscript/read-heroscript.ts'
import { toStack } from '../../src/heroscript/to-stack.ts'
import { HeroPodsError } from '../../src/model/errors.ts'
import { cases } from './read-heroscript.cases.ts'

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const folder = join(import.meta.dirname, '../../examples/original')
const scripts = [
  ...cases.map(({ script }) => script),
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.heroscript'))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
]
const inserts = ["'", '"', "'''", '[', ']', ',', ':', '!', '!!', '#', '//', '<!--', '-->', '\\', '\n', '\r', '\t', '  ']
const texts = [
  ...inserts,
  '\u0000',
  '\u001b',
  'ü',
  '😀',
  '\u2028',
  'name:',
  '__proto__:x',
  '<BR>',
  '!!heropods.configure',
]

it('a changed script is read, or refused with places inside it', () => {
  const random = randomOf(20_261_128)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  let refused = 0
  for (let round = 0; round < 4000; round += 1) {
    let script = pick(scripts) ?? ''
    for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
      const at = Math.floor(random() * (script.length + 1))
      script = script.slice(0, at) + (pick(texts) ?? '') + script.slice(at + Math.floor(random() * 4))
    }
    const lines = script.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
    try {
      const actions = readHeroScript(script, 'a.hero')
      toStack(actions, 'default')
      checkValues(actions)
    } catch (error) {
      if (!(error instanceof HeroPodsError))
        throw new Error(`round ${round}: ${JSON.stringify(script)}`, { cause: error })
      refused += 1
      for (const { place, code } of error.diagnostics.filter((one) => one.code !== 'more-problems')) {
        const line = lines[(place?.line ?? 0) - 1]
        expect(line, `${code} in ${JSON.stringify(script)}`).toBe(place?.quote)
        expect(place?.column).toBeLessThanOrEqual((line?.length ?? 0) + 1)
      }
    }
  }
  expect(refused).toBeGreaterThan(1000)
  expect(refused).toBeLessThan(4000)
})

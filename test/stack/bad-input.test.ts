import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { badInput } from './bad-input.cases.ts'
import { head, loadIn } from './load.ts'

const folder = mkdtempSync('/tmp/hp-bad-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('bad input is refused with its place and a way out', () => {
  it('knows at least sixty kinds of it', () => expect(badInput.length).toBeGreaterThanOrEqual(60))

  for (const one of badInput) {
    it(one.what, async () => {
      const file = join(folder, 'heropods.yaml')
      writeFileSync(file, one.whole ? one.yaml : head + one.yaml)
      for (const [name, text] of Object.entries(one.files ?? {})) writeFileSync(join(folder, name), text)
      const load = loadIn(folder, {
        files: one.positional ?? [file],
        mergedFiles: one.merged ?? [],
        variables: one.variables ?? {},
      })
      const error = await load.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(HeroPodsError)
      const { diagnostics, refused } = error as HeroPodsError
      expect(refused).toBe(true)
      const told = diagnostics.find((diagnostic) => diagnostic.message.includes(one.message))
      expect(told, JSON.stringify(diagnostics)).toBeDefined()
      expect(told?.code).toBe(one.code)
      if (one.at !== undefined) {
        // The text that the place points at.
        const { quote = '', column = 0 } = told?.place ?? {}
        expect(quote.slice(column - 1)).toMatch(new RegExp(`^${one.at.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))
      }
      if (one.hint !== undefined) expect(told?.hint).toContain(one.hint)
      else expect(told?.hint?.length ?? 0).toBeGreaterThan(5)
    })
  }
})

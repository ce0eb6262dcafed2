import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { caseNames, casesFolder, readCase, textsOf } from './plan-cases.ts'

/**
 * Plans as text. Each case is a YAML file with a stack before and after its change, and a text file with the plan. To write the text
 * files after a change of the format: `npm run plans:update`. Then read them.
 */
describe('the text of a plan', () => {
  it.each(caseNames())('%s', async (name) => {
    await expect(await textsOf(readCase(name))).toMatchFileSnapshot(join(casesFolder, `${name}.txt`))
  })

  it('has a text file for each of at least 60 cases', () => {
    const texts = readdirSync(casesFolder).filter((name) => name.endsWith('.txt'))
    expect(texts.map((name) => name.replace('.txt', '')).sort()).toEqual(caseNames())
    expect(texts.length).toBeGreaterThanOrEqual(60)
  })
})

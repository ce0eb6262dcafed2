import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readCase, textsOf } from './plan-cases.ts'

const page = readFileSync(new URL('../../docs/plan.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/<!-- plan: (\S+) -->\n```text\n([\s\S]*?)\n```/g)].map(([, name = '', text]) => ({
  name,
  text,
}))

it('docs/plan.md has plans of the tests', () => expect(blocks.length).toBeGreaterThan(10))

it.each(blocks)('docs/plan.md shows the plan of $name', async ({ name, text }) => {
  const one = readCase(name)
  expect(text).toBe((await textsOf({ ...one, views: [one.views?.[0] ?? {}] })).trimEnd())
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fieldChanges } from '../../../src/model/diff/field-changes.ts'
import { earlierSpec } from '../../../src/report/plan/earlier-spec.ts'

const entry = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.record({ 'a/b': fc.string(), list: fc.array(fc.integer(), { maxLength: 3 }) }),
)
const spec = fc.record(
  {
    scalar: fc.oneof(fc.string(), fc.boolean()),
    list: fc.array(entry, { maxLength: 14 }),
    map: fc.dictionary(fc.constantFrom('a', 'a/b', 'a~b', '~1', 'LONG_NAME'), entry),
    nested: fc.record({ lists: fc.array(fc.array(fc.integer(), { maxLength: 3 }), { maxLength: 3 }) }),
  },
  { requiredKeys: ['scalar', 'list', 'map'] },
)

it('the spec before its changes is the one that the changes were computed from', () => {
  fc.assert(
    fc.property(spec, spec, (before, after) => {
      const plain = JSON.parse(JSON.stringify(after))
      const changes = fieldChanges(before, after, () => 'live')
      expect(JSON.parse(JSON.stringify(earlierSpec(plain, changes)))).toEqual(JSON.parse(JSON.stringify(before)))
      expect(plain).toEqual(JSON.parse(JSON.stringify(after)))
    }),
    { numRuns: 500 },
  )
})

it('a change whose place does not exist is left out', () => {
  const change = { path: '/list/3/name', before: 'a', after: 'b', class: 'live' } as const
  expect(earlierSpec({ list: [] }, [change])).toEqual({ list: [] })
})

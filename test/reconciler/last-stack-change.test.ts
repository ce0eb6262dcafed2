import { expect, it } from 'vitest'
import type { Generation } from '../../src/model/generation.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { lastStackChange, withHistory } from '../../src/reconciler/history/last-run.ts'

const commit = { id: '292d8de0aa11', subject: 'New heading', author: 'me', time: '2026-11-23T11:00:00Z' }
const source = { desiredHash: null, files: [] }
const run = (
  generation: number,
  steps: readonly ResourceAddress[] | undefined,
  fields: Partial<Generation> = {},
): Generation => ({
  generation,
  user: 'alice',
  via: 'sudo',
  pid: 1,
  command: 'heropods apply',
  time: '2026-11-28T12:00:00Z',
  summary: { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 },
  stacks: { shop: source, mail: source },
  result: 'done',
  ...(steps && {
    steps: steps.map((address) => ({ address, action: 'update' as const, result: 'done' as const, durationMs: 1 })),
  }),
  ...fields,
})
const found = (...generations: readonly Generation[]) => lastStackChange('shop', generations)?.generation

it('is the newest run with a step in the stack, not one that changed others', () => {
  expect(found(run(1, ['shop/container/web']), run(2, ['mail/container/smtp']))).toBe(1)
  expect(found(run(1, ['shop/container/web']), run(2, ['default/network/default']))).toBe(1)
  expect(found(run(1, ['shop/container/web']), run(2, ['shop/container/web'], { stacks: { mail: source } }))).toBe(1)
  expect(found(run(1, ['mail/container/smtp']))).toBeUndefined()
})

it('may be a run whose steps are not all recorded', () => {
  expect(found(run(1, ['shop/container/web']), run(2, undefined))).toBe(2)
  expect(found(run(1, ['shop/container/web']), run(2, ['mail/container/smtp'], { omittedSteps: 3 }))).toBe(2)
})

it('names author, commit and the restored generation', () =>
  expect(lastStackChange('shop', [run(3, ['shop/container/web'], { commit, rollbackOf: 1 })])).toEqual({
    generation: 3,
    time: '2026-11-28T12:00:00Z',
    result: 'done',
    by: 'alice (sudo), back to commit 292d8de "New heading" by me',
    commit,
    rollbackOf: 1,
  }))

it('goes with the commit of the generation that is in place', () => {
  const shop = { stack: 'shop', applied: 1 }
  const runs = [
    run(1, ['shop/container/web'], { commit }),
    run(2, ['shop/container/web'], { undoes: { generation: 3 } }),
  ]
  expect(withHistory(shop, runs)).toMatchObject({
    ...shop,
    lastChange: { generation: 2 },
    runs: { generation: 1, commit },
  })
  // Not from git, not stored any more, never applied.
  for (const applied of [2, 7, null]) expect(withHistory({ ...shop, applied }, runs)).not.toHaveProperty('runs')
})

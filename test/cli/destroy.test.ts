import { expect, it } from 'vitest'
import { onlyRecorded } from '../../src/cli/commands/stacks/destroy.ts'
import type { StackRecord } from '../../src/model/generation.ts'
import { recordPlanned } from '../../src/reconciler/history/record-generation.ts'
import type { Planned } from '../../src/reconciler/planned.ts'
import type { Session } from '../../src/reconciler/session.ts'
import { containerSpec, ownedContainer } from '../specs.ts'

const failed: StackRecord = { desiredHash: 'h', resources: { 'img/container/api': containerSpec() } }

it('destroy finds the stacks of which only the record is left', () => {
  const observed = new Map([['shop/container/web' as const, ownedContainer(containerSpec())]])
  const recorded = new Map([
    ['img', failed],
    ['shop', failed],
  ])
  expect(onlyRecorded(['img', 'shop', 'other'], observed, recorded)).toEqual(['img'])
})

it('a destroy without steps removes the record of its stack', async () => {
  const session = { state: { records: async () => new Map([['img', failed]]) }, key: Buffer.alloc(32) }
  const planned = {
    resolved: { desired: new Map(), removes: () => true },
    snapshot: { observations: new Map() },
    request: { scope: { desired: new Map(), removes: () => true }, secretValues: new Map(), destroys: ['img'] },
  }
  const { stacks, recorded } = await recordPlanned(session as never as Session, planned as never as Planned)
  expect(Object.keys(stacks)).toEqual(['img'])
  expect([...recorded.records]).toEqual([['img', undefined]])
})

import { expect, it } from 'vitest'
import { checkInstance, type InstanceState } from '../../../src/cli/commands/doctor/check-records.ts'

const state: InstanceState = {
  interrupted: undefined,
  damaged: new Map(),
  unrecorded: [],
  failedStarts: new Map(),
  drifted: new Map(),
  hasNetworks: false,
  containers: 0,
}
const texts = (fields: Partial<InstanceState>): readonly string[] =>
  checkInstance({ ...state, ...fields }).map(({ name, state: result, text }) => `${result} ${name}: ${text}`)

it('a container whose first start failed is not a damaged record', () => {
  const web = 'crash/container/web'
  expect(texts({ unrecorded: [web], failedStarts: new Map([[web, 3]]) })).toEqual(
    expect.arrayContaining([expect.stringContaining(`${web}: generation 3 created it, and its start failed`)]),
  )
  expect(texts({ unrecorded: [web], failedStarts: new Map([[web, 3]]) }).join()).not.toContain('are not recorded')
})

it('other objects without a record are named', () =>
  expect(texts({ unrecorded: ['crash/container/web'] }).join()).toContain('are not recorded: crash/container/web'))

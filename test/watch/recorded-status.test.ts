import { expect, it } from 'vitest'
import { conditionOf, ownerText } from '../../src/model/status.ts'
import { ownerOf, recordedNames, recordedStatus } from '../../src/watch/status/recorded-status.ts'
import { containerSpec, generationOf, ownedContainer } from '../specs.ts'
import { noon, observationOf } from './builders.ts'

const program = 'pulumi~infra~staging'
const source = { desiredHash: null, files: [] }
const run = (generation: number, stacks: readonly string[], changed: readonly string[] = stacks) =>
  generationOf(generation, {
    stacks: Object.fromEntries(stacks.map((name) => [name, source])),
    result: 'done',
    user: 'ada',
    steps: changed.map((name) => ({
      address: `${name}/container/web`,
      action: 'create' as const,
      result: 'done' as const,
      durationMs: 1,
    })),
    omittedSteps: 0,
  })

const statuses = (
  generations: readonly ReturnType<typeof run>[],
  records: Parameters<typeof recordedStatus>[1]['records'] = new Map(),
) => {
  const exited = ownedContainer(containerSpec(), { state: 'exited', exitCode: 1 })
  const observations = new Map([
    [`${program}/container/web`, exited] as const,
    ['shop/container/web', ownedContainer(containerSpec())] as const,
  ])
  const { snapshot } = observationOf(observations)
  const recorded = { generations, records, isBusy: false }
  return recordedStatus(recordedNames(recorded, snapshot), recorded, snapshot, {
    before: [],
    now: noon,
    isWatched: true,
  })
}

it('a stack that no watch follows has its owner and its health', () => {
  const all = statuses([run(1, [program]), run(2, ['shop'])])
  expect(all.map(({ stack, owner }) => [stack, owner && ownerText(owner)])).toEqual([
    [program, 'pulumi infra/staging'],
    ['shop', 'ada'],
  ])
  expect(all.map((one) => conditionOf(one, 'Degraded')?.status)).toEqual([true, false])
  expect(all[0] && conditionOf(all[0], 'Degraded')?.message).toBe('web has exited with code 1.')
})

it('the owner of the objects of programs is the library', () =>
  expect(ownerText(ownerOf('heropods-library', []))).toBe('library'))

it('a stack has the generation that changed it, not a later one of other stacks', () => {
  const shop = (generations: readonly ReturnType<typeof run>[]) =>
    statuses(generations).find(({ stack }) => stack === 'shop')
  expect(shop([run(1, ['shop']), run(2, ['shop', 'jobs'], ['jobs'])])).toMatchObject({ attempted: 1, applied: 1 })
  expect(shop([run(1, ['shop']), run(2, ['shop', 'jobs'])])).toMatchObject({ attempted: 2, applied: 2 })
})

it('a recorded object that does not exist is missing', () => {
  const resources = { 'gone/container/web': containerSpec() }
  const gone = statuses([run(1, ['gone'])], new Map([['gone', { desiredHash: null, resources }]])).find(
    ({ stack }) => stack === 'gone',
  )
  expect(gone?.objects).toMatchObject([{ address: 'gone/container/web', state: 'absent' }])
  expect(gone?.drift).toEqual([{ address: 'gone/container/web', text: 'it is missing' }])
})

it('a recorded object that a failed run did not create names that run', () => {
  const resources = { 'gone/container/web': containerSpec() }
  const failed = {
    ...run(3, ['gone']),
    result: 'failed',
    failures: [{ code: 'container-exited', message: 'No.' }],
  } as const
  const gone = statuses([failed], new Map([['gone', { desiredHash: null, resources }]])).find(
    ({ stack }) => stack === 'gone',
  )
  expect(gone?.drift).toEqual([{ address: 'gone/container/web', text: 'it was not created: generation 3 failed' }])
})

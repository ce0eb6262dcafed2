import { expect, it } from 'vitest'
import type { Observation } from '../../src/model/observation.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { absenceOf, absentObjects, progressText, runInProgress } from '../../src/reconciler/history/absence.ts'
import { containerSpec, generationOf, ownedContainer } from '../specs.ts'

const db: ResourceAddress = 's/container/db'
const web: ResourceAddress = 's/container/web'
const waiting = containerSpec({ depends_on: [{ container: db, condition: 'service_healthy' }] })

const started = generationOf(2, { result: 'started' })

it('the newest generation runs only while another command holds the lock', () => {
  expect(runInProgress([generationOf(1), started], true)).toBe(started)
  expect(runInProgress([generationOf(1), started], false)).toBeUndefined()
  expect(runInProgress([generationOf(1)], true)).toBeUndefined()
})

it('an object is being created, was not created because its run failed, or is missing', () => {
  expect(absenceOf(web, [generationOf(1), started], started)).toEqual({ state: 'creating', run: started })
  expect(absenceOf('other/container/a', [generationOf(1), started], started)).toEqual({ state: 'missing' })
  const failed = generationOf(2, {
    result: 'failed',
    failures: [{ code: 'x', message: 'db is unhealthy.', address: db }],
  })
  expect(absenceOf(web, [generationOf(1), failed], undefined)).toMatchObject({
    state: 'failed',
    run: { generation: 2 },
    failure: { message: 'Generation 2 failed: db is unhealthy.' },
  })
  expect(absenceOf(web, [generationOf(1)], undefined)).toEqual({ state: 'missing' })
})

it('a run that waits is described with both containers and the state of the other', () => {
  const absent = new Map([[web, waiting]])
  const text = (observed: readonly [ResourceAddress, Observation][]) => progressText(started, absent, new Map(observed))
  const own = (health: 'starting' | 'healthy'): [ResourceAddress, Observation] => [
    db,
    ownedContainer(containerSpec({}), { health }),
  ]
  expect(text([own('starting')])).toBe('Generation 2 by root: web waits for db to be healthy (starting).')
  expect(text([own('healthy')])).toBe('Generation 2 by root is being applied.')
  expect(text([])).toBe('Generation 2 by root: web waits for db to be healthy (not created yet).')
})

it('only recorded objects that are not on the host are absent', () => {
  const record = { desiredHash: null, files: [], resources: { [web]: waiting, [db]: containerSpec({}) } }
  const observed = new Map<ResourceAddress, Observation>([[db, ownedContainer(containerSpec({}))]])
  expect([...absentObjects(new Map([['s', record]]), observed).keys()]).toEqual([web])
})

import { expect, it } from 'vitest'
import { unappliedStep, type WhyPlace, whyView } from '../../src/cli/commands/stacks/why-view.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { Generation } from '../../src/model/generation.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { change, containerSpec, networkSpec, owned, ownedContainer, planStep, resource } from '../specs.ts'

const place: WhyPlace = { origin: { file: 'shop.yaml', line: 3 }, fields: [], changedFiles: [] }

const db: ResourceAddress = 's/container/db'
const web = containerSpec({
  depends_on: [{ container: db, condition: 'service_healthy' }],
  mounts: [{ type: 'volume', volume: 's/volume/data', target: '/d', read_only: false, nocopy: false }],
  networks: [{ network: 's/network/lan', aliases: [], ipv4_address: '10.66.0.2', static: false, mac: '' }],
})

const run: Generation = {
  generation: 4,
  user: 'alice',
  via: 'sudo',
  pid: 1,
  command: 'heropods apply',
  time: '2026-11-28T11:57:00Z',
  summary: { create: 0, update: 1, recreate: 0, delete: 0, keep: 0 },
  stacks: {},
  result: 'done',
}

const view = (
  address: ResourceAddress,
  observed: readonly (readonly [ResourceAddress, Observation])[],
  desired?: Resource,
) => whyView(address, { snapshot: { observations: new Map(observed) }, desired, last: undefined }, place)

it('a container lists its dependencies, fulfilled or with the reason why not', () => {
  const observed = (health: 'healthy' | 'unhealthy') =>
    [
      ['s/container/web', ownedContainer(web)],
      [db, ownedContainer(containerSpec({ service: 'db' }), { health })],
    ] as const
  expect(view('s/container/web', observed('healthy')).waitsFor).toEqual([
    { container: db, condition: 'service_healthy', fulfilled: true },
  ])
  expect(view('s/container/web', observed('unhealthy')).waitsFor).toEqual([
    { container: db, condition: 'service_healthy', fulfilled: false, text: 'is unhealthy', hasStarted: true },
  ])
  expect(view('s/container/web', [['s/container/web', ownedContainer(web)]]).waitsFor).toMatchObject([
    { fulfilled: false, text: 'does not exist' },
  ])
  expect(view(db, observed('unhealthy')).neededBy).toMatchObject([{ container: 's/container/web', fulfilled: false }])
})

it('a container that was not created waits for a dependency that has exited', () => {
  const spec = containerSpec({ depends_on: [{ container: db, condition: 'service_started' }] })
  const found = (...state: Parameters<typeof ownedContainer>) =>
    whyView(
      's/container/web',
      {
        snapshot: { observations: new Map([[db, ownedContainer(...state)]]) },
        ...{ absent: new Map([['s/container/web' as const, spec]]), desired: undefined, last: undefined },
      },
      place,
    ).waitsFor
  const restart = { policy: 'no', max_retries: 0 } as const
  expect(found(containerSpec({ service: 'db', restart }), { state: 'exited', exitCode: 1 })).toEqual([
    { container: db, condition: 'service_started', fulfilled: false, text: 'has exited with code 1' },
  ])
  expect(found(containerSpec({ service: 'db' }), { health: 'unhealthy' })).toEqual([
    { container: db, condition: 'service_started', fulfilled: true, text: 'is unhealthy' },
  ])
})

it('a dependency whose health nothing checks now says when it was checked last', () => {
  const lastCheck = { status: 'healthy', checkedAt: new Date().toISOString(), failures: 0, isCurrent: false } as const
  const observed = [
    ['s/container/web', ownedContainer(web)],
    [db, ownedContainer(containerSpec({ service: 'db' }), { health: 'starting', lastCheck })],
  ] as const
  expect(view('s/container/web', observed).waitsFor).toMatchObject([
    { fulfilled: false, text: expect.stringMatching(/^was healthy (just now|\d+ s ago)$/) },
  ])
})

it('a dependency that was started and has exited since is named so', () => {
  const edge = containerSpec({ depends_on: [{ container: db, condition: 'service_started' }] })
  const observed = (state: 'running' | 'exited') =>
    [
      ['s/container/edge', ownedContainer(edge)],
      [db, ownedContainer(containerSpec({ service: 'db' }), { state, ...(state === 'exited' && { exitCode: 1 }) })],
    ] as const
  const common = { container: 's/container/edge', condition: 'service_started', fulfilled: true }
  expect(view(db, observed('running')).neededBy).toEqual([common])
  expect(view(db, observed('exited')).neededBy).toEqual([
    { ...common, text: 'has exited with code 1', hasStarted: true },
  ])
})

it('networks, volumes and images list the containers that use them', () => {
  const observed = [['s/container/web', ownedContainer(web)]] as const
  const users = [{ container: 's/container/web', condition: null, fulfilled: null }]
  expect(view('s/network/lan', observed).neededBy).toEqual(users)
  expect(view('s/volume/data', observed).neededBy).toEqual(users)
  expect(view('s/image/base', observed).neededBy).toEqual(users)
  expect(view('s/image/other', observed).neededBy).toEqual([])
})

it('drift is the difference of the record from the applied spec, and of the host from that', () => {
  const desired = resource('s/container/web', {}, { mem_limit: 2 })
  const text = 'its memory limit is 3 bytes'
  const observed = ownedContainer(containerSpec({ mem_limit: 1 }), {
    state: 'exited',
    exitCode: 137,
    drift: [{ text, part: 'limits', class: 'live' }],
  })
  const found = view('s/container/web', [['s/container/web', observed]], desired)
  expect(found.drift).toEqual([
    { path: '/mem_limit', wanted: 2, recorded: 1 },
    { path: null, live: text },
  ])
  expect(found.state).toMatchObject({ state: 'exited', exitCode: 137 })
})

it('members of a network are not drift', () => {
  const desired = resource('s/network/lan')
  const member = { container: db, ip: '10.66.0.2', mac: '', names: ['db'], ports: [] } as const
  const spec = networkSpec({ members: [member] })
  const observed = { kind: 'network', presence: 'owned', spec, actual: { bridge: 'hptest0', drift: [] } } as const
  expect(view('s/network/lan', [['s/network/lan', observed]], desired).drift).toEqual([])
  const down = { ...observed, actual: { bridge: 'hptest0', drift: ['the bridge is down'] } }
  expect(view('s/network/lan', [['s/network/lan', down]], desired).drift).toEqual([
    { path: null, live: 'the bridge is down' },
  ])
})

it('a volume without its data has drift', () => {
  const volume = owned(resource('s/volume/data'))
  expect(view('s/volume/data', [['s/volume/data', volume]]).drift).toEqual([])
  if (volume.kind !== 'volume') throw new Error('it is a volume')
  const missing = { ...volume, actual: { ...volume.actual, missing: true } }
  expect(view('s/volume/data', [['s/volume/data', missing]]).drift).toEqual([{ path: null, live: 'its data is gone' }])
})

it('a removed object has the run that removed it', () => {
  const step = planStep('s/container/web', 'delete')
  const last = { run, step, steps: [step] }
  const found = whyView(
    's/container/web',
    { snapshot: { observations: new Map() }, desired: undefined, last },
    { ...place, origin: { file: 'shop.yaml' } },
  )
  expect(found).toMatchObject({
    exists: false,
    state: null,
    lastChange: { generation: 4, by: 'alice (sudo)', action: 'delete', fields: [] },
  })
  const update = planStep('s/container/web', 'update', [change('/mem_limit')])
  const updated = { run, step: update, steps: [update] }
  expect(
    whyView('s/container/web', { snapshot: { observations: new Map() }, desired: undefined, last: updated }, place)
      .lastChange?.fields,
  ).toEqual(['/mem_limit'])
})

it('the state of a container has an out-of-memory kill and the output of a failed check', () => {
  const lastCheck = { status: 'unhealthy', checkedAt: '', failures: 1, isCurrent: true, output: 'refused' } as const
  const state = (actual: object) => view('s/container/web', [['s/container/web', ownedContainer(web, actual)]]).state
  expect(state({ outOfMemory: true, lastCheck })).toMatchObject({ outOfMemory: true, healthOutput: 'refused' })
  expect(Object.keys(state({ outOfMemory: false }) ?? {})).not.toContain('outOfMemory')
})

it('a container that does not exist yet waits for its dependencies, and they know it', () => {
  const absent = new Map([['s/container/web', web] as const])
  const facts = (observed: readonly (readonly [ResourceAddress, Observation])[]) => ({
    ...{ snapshot: { observations: new Map(observed) }, desired: undefined, last: undefined, absent },
    absence: { state: 'creating', run } as const,
  })
  const starting = [[db, ownedContainer(containerSpec({ service: 'db' }), { health: 'starting' })]] as const
  const waits = { condition: 'service_healthy', fulfilled: false, text: 'is starting' }
  const found = whyView('s/container/web', facts(starting), place)
  expect(found).toMatchObject({ exists: false, absence: 'creating' })
  expect(found.waitsFor).toEqual([{ container: db, ...waits }])
  expect(whyView(db, facts(starting), place).neededBy).toEqual([{ container: 's/container/web', ...waits }])
  expect(whyView('s/container/web', facts([]), place).waitsFor).toMatchObject([{ text: 'does not exist' }])
})

it('the last change has the result of the step of the object, not only that of its run', () => {
  const outcome = (address: ResourceAddress, steps: Generation['steps'], result: Generation['result'] = 'failed') => {
    const step = planStep(address, 'create')
    const last = { run: { ...run, result, ...(steps && { steps }) }, step, steps: [step] }
    const { lastChange } = whyView(address, { snapshot: { observations: new Map() }, desired: undefined, last }, place)
    return [lastChange?.step, lastChange?.error]
  }
  const failed = { address: db, action: 'create', result: 'failed', durationMs: 1 } as const
  const error = { code: 'x', message: 'db is unhealthy.' }
  const skipped = { address: 's/container/web', action: 'create', result: 'skipped', durationMs: 0 } as const
  const steps = [
    { ...failed, error },
    { ...skipped, because: 's/container/db:create' },
  ] as const
  expect(outcome('s/volume/data', steps)).toEqual(['done', undefined])
  expect(outcome(db, steps)).toEqual(['failed', 'db is unhealthy.'])
  expect(outcome('s/container/web', steps)).toEqual(['skipped', 'db is unhealthy.'])
  expect(outcome(db, undefined)).toEqual([undefined, undefined])
  expect(outcome(db, steps, 'started')).toEqual([undefined, undefined])
})

it('recorded fields that are not applied are a step of a plan, with the run that has them', () => {
  const desired = resource('s/container/web', {}, { mem_limit: 2 })
  const observed = ownedContainer(containerSpec({ mem_limit: 1 }))
  expect(unappliedStep('s/container/web', desired, observed)).toMatchObject({
    action: 'update',
    changes: [{ path: '/mem_limit', before: 1, after: 2 }],
  })
  expect(unappliedStep('s/container/web', desired, ownedContainer(containerSpec({ mem_limit: 2 })))).toBeUndefined()
  const observations = new Map([['s/container/web', observed] as const])
  const facts = { snapshot: { observations }, desired, last: undefined, newest: { ...run, result: 'failed' } as const }
  expect(whyView('s/container/web', facts, place).unapplied).toEqual({ generation: 4, result: 'failed' })
})

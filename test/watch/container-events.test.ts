import { expect, it } from 'vitest'
import { comparedNext, containerEvents, type ObservedContainer } from '../../src/watch/status/container-events.ts'

const running = new Map([['s/container/web', { state: 'running', run: 1, health: undefined, restarts: 0 }]] as const)
const exited = new Map([['s/container/web', { state: 'exited', run: 1, health: undefined, restarts: 0 }]] as const)

it('an exit for lack of memory is an event of its own, before the exit', () => {
  const events = containerEvents(running, exited, () => ({ exitCode: 137, outOfMemory: true }))
  expect(events.map(({ type, message }) => `${type} ${message}`)).toEqual([
    'container.oom web ran out of memory and was killed.',
    'container.exited web exited with code 137 (out of memory).',
  ])
})

it('a killed process of a container that runs on is one event, also after a restart of watch', () => {
  const killed = (memoryKills: number, run = 1) => one({ memoryKills, run })
  const texts = (before: ReturnType<typeof one>, now: ReturnType<typeof one>) =>
    containerEvents(before, now, () => ({ memoryLimit: 16 * 2 ** 20 })).map(
      ({ level, message }) => `${level} ${message}`,
    )
  const text = 'warning web runs on, with 1 process killed: out of memory (limit 16M).'
  expect(texts(running, killed(1))).toEqual([text])
  expect(texts(killed(1), killed(1))).toEqual([])
  expect(texts(killed(1), killed(1, 2))).toEqual(['info web was restarted.', text])
})

it('another exit is one event', () =>
  expect(containerEvents(running, exited, () => ({ exitCode: 3 })).map(({ message }) => message)).toEqual([
    'web exited with code 3.',
  ]))

it.each<readonly [what: string, details: { exitCode?: number; outOfMemory?: boolean }, hasRun: boolean, text: string]>([
  [
    'lack of memory during a run',
    { exitCode: 137, outOfMemory: true },
    true,
    'error web ran out of memory and was killed.',
  ],
  ['a kill without a run is a warning', {}, false, 'warning web exited with code unknown.'],
])('%s', (_, details, hasRun, text) =>
  expect(
    containerEvents(running, exited, () => details, hasRun).map(({ level, message }) => `${level} ${message}`)[0],
  ).toBe(text),
)

const one = (fields: Partial<ObservedContainer>) =>
  new Map([['s/container/web', { state: 'running', run: 1, health: undefined, restarts: 0, ...fields }]] as const)
const term = () => ({ exitCode: 143 })
type Observed = readonly [containers: ReturnType<typeof one>, hasRun: boolean]
const told = (...observations: readonly Observed[]) => toldOf(term, observations)
const toldOf = (details: () => { exitCode?: number }, observations: readonly Observed[]) => {
  const events: string[] = []
  let before: ReadonlyMap<`${string}/${string}/${string}`, ObservedContainer> = running
  for (const [now, hasRun] of observations) {
    const found = containerEvents(before, now, details, hasRun)
    events.push(...found.map(({ type, level, message }) => `${type} ${level} ${message}`))
    before = comparedNext(before, now, details, hasRun)
  }
  return events
}

it('an exit of a container that a run replaces or removes is not an event', () => {
  expect(told([exited, true], [one({ run: 2 }), false])).toEqual(['container.started info web was restarted.'])
  expect(told([exited, true], [new Map(), false])).toEqual([])
})

it('a stop by a run is no event if the run replaces or removes the container, and no warning if it does not', () => {
  const stop = () => ({})
  expect(
    toldOf(stop, [
      [exited, true],
      [one({ run: 2 }), false],
    ]),
  ).toEqual(['container.started info web was restarted.'])
  expect(
    toldOf(stop, [
      [exited, true],
      [new Map(), false],
    ]),
  ).toEqual([])
  expect(
    toldOf(stop, [
      [exited, true],
      [exited, false],
      [exited, false],
    ]),
  ).toEqual(['container.exited info web was stopped.'])
})

it('an exit during a run that leaves the container is an event after the run, once', () =>
  expect(told([exited, true], [exited, true], [exited, false], [exited, false])).toEqual([
    'container.exited warning web exited with code 143, killed by SIGTERM.',
  ]))

it('an exit of a container that the run has started is an event at once', () =>
  expect(told([one({ run: 2, state: 'exited' }), true])).toEqual([
    'container.exited warning web exited with code 143, killed by SIGTERM.',
  ]))

it('a container that was replaced has started, although its runs are counted from 1 again', () => {
  const at = (minute: number) => [one({ startedAt: `2026-11-28T12:0${minute}:00Z` }), false] as const
  expect(told(at(1), at(1), at(2), at(2))).toEqual(['container.started info web was restarted.'])
})

it('a restart by the restart policy is a warning with its number', () =>
  expect(told([one({ run: 2, restarts: 1 }), false])).toEqual([
    'container.restarted warning web exited and was restarted (restart 1).',
  ]))

it('a restart is an event although its number was recorded before it started', () => {
  const between = one({ state: 'restarting', run: 2 })
  expect(told([exited, false], [between, false], [one({ run: 2, restarts: 1 }), false])).toEqual([
    'container.exited warning web exited with code 143, killed by SIGTERM.',
    'container.restarted warning web exited and was restarted (restart 1).',
  ])
})

it('restarts between two observations are an event each, also of a container that then stays down', () => {
  const restart = (number: number) => `container.restarted warning web exited and was restarted (restart ${number}).`
  const waits = (run: number, restarts: number) => [one({ state: 'restarting', run, restarts }), false] as const
  expect(told(waits(1, 0), [one({ run: 3, restarts: 2 }), false], waits(4, 3), waits(5, 4))).toEqual([
    restart(1),
    restart(2),
  ])
  expect(told(waits(4, 0), [one({ run: 4, restarts: 3 }), false])).toEqual([restart(1), restart(2), restart(3)])
  expect(told(waits(2, 0), [one({ state: 'exited', run: 3, restarts: 2 }), false])).toEqual([
    restart(1),
    restart(2),
    'container.exited warning web exited with code 143, killed by SIGTERM.',
  ])
})

it('lack of memory of a container that waits for its restart is an event', () =>
  expect(
    containerEvents(running, one({ state: 'restarting' }), () => ({ exitCode: 137, outOfMemory: true })).map(
      ({ type }) => type,
    ),
  ).toEqual(['container.oom']))

it('a container that was seen between its creation and its first start was started, not restarted', () => {
  const created = one({ state: 'created' })
  const before = comparedNext(new Map(), created, term, true)
  expect(containerEvents(before, running, term, true).map(({ message }) => message)).toEqual(['web was started.'])
  // It had run before it was created again.
  const again = comparedNext(running, one({ state: 'created', run: 2 }), term, true)
  expect(containerEvents(again, one({ run: 3 }), term, true).map(({ message }) => message)).toEqual([
    'web was restarted.',
  ])
})

import { expect, it } from 'vitest'
import { containerEvents } from '../../src/watch/status/container-events.ts'

const running = new Map([['s/container/web', { state: 'running', run: 1, health: undefined }]] as const)
const exited = new Map([['s/container/web', { state: 'exited', run: 1, health: undefined }]] as const)

it('an exit for lack of memory is an event of its own, before the exit', () => {
  const events = containerEvents(running, exited, () => ({ exitCode: 137, outOfMemory: true }))
  expect(events.map(({ type, message }) => `${type} ${message}`)).toEqual([
    'container.oom web ran out of memory and was killed.',
    'container.exited web exited with code 137 (out of memory).',
  ])
})

it('another exit is one event', () =>
  expect(containerEvents(running, exited, () => ({ exitCode: 3 })).map(({ message }) => message)).toEqual([
    'web exited with code 3.',
  ]))

it.each<readonly [what: string, details: { exitCode?: number; outOfMemory?: boolean }, hasRun: boolean, text: string]>([
  ['a stop by a run of HeroPods is not a warning', {}, true, 'info web was stopped.'],
  ['an exit during a run has its code', { exitCode: 3 }, true, 'warning web exited with code 3.'],
  ['a kill without a run is a warning', {}, false, 'warning web exited with code unknown.'],
])('%s', (_, details, hasRun, text) =>
  expect(
    containerEvents(running, exited, () => details, hasRun).map(({ level, message }) => `${level} ${message}`),
  ).toEqual([text]),
)

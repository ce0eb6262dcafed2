import { expect, it } from 'vitest'
import type { Change } from '../src/model/change.ts'
import { changedInputs, diffUnknown, driftReasons, effectOnProcess } from '../src/pulumi/changes.ts'

const change = (path: string, more: Partial<Change> = {}): Change => ({
  path,
  before: 1,
  after: 2,
  class: 'live',
  ...more,
})

it('reasons of drift are listed once', () =>
  expect(
    driftReasons([
      change('/host/process', { drift: 'it exited' }),
      change('/host/process', { drift: 'it exited' }),
      change('/mem_limit'),
    ]),
  ).toEqual(['it exited']))

it.each([
  [[change('/mem_limit'), change('/cpu_quota')], 'changes while its process runs: memLimit, cpus'],
  [
    [change('/mem_limit'), change('/image', { class: 'recreate' })],
    'restarts in a new process (address kept): image; changes too: memLimit',
  ],
  [[change('/networks/lan', { class: 'replace' })], undefined],
  [[change('/host/process', { class: 'recreate', drift: 'it exited' })], undefined],
  [[], undefined],
] as const)('the effect of changes on the process: %j', (changes, text) => {
  expect(effectOnProcess('container', changes)).toBe(text)
  expect(effectOnProcess('network', changes)).toBeUndefined()
})

it('the changed inputs have their own names', () => {
  const [olds, news] = [
    { configs: ['a'], secrets: ['b'] },
    { configs: ['c'], secrets: ['b'] },
  ]
  const inputs = changedInputs('container', olds, news)
  expect(inputs).toEqual(['configs'])
  const files = [change('/files/0/content', { class: 'recreate' })]
  expect(effectOnProcess('container', files, inputs)).toBe('restarts in a new process (address kept): configs')
  expect(effectOnProcess('container', files)).toBe('restarts in a new process (address kept): configs, secrets')
})

it('drift is a change also while inputs are unknown', () => {
  expect(diffUnknown(['environment'], true)).toMatchObject({ changes: true })
  expect(diffUnknown(['environment'])).toMatchObject({ changes: undefined })
})

import { expect, it } from 'vitest'
import type { Change } from '../src/model/change.ts'
import { driftReasons } from '../src/pulumi/changes.ts'

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

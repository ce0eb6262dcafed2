import { expect, it } from 'vitest'
import { stateDrift } from '../../../src/providers/linux/container/drift.ts'

const exit = { exitCode: undefined, failure: undefined, outOfMemory: false }
const textsOf = (state: 'paused' | 'stopped', pausedByUser: boolean): readonly string[] =>
  stateDrift(state, exit, { since: undefined, pausedByUser }).map(({ text }) => text)

it.each([
  ['a container that its user paused has no drift', textsOf('paused', true), []],
  ['a container that something else froze has', textsOf('paused', false), ['it is paused']],
  ['a stopped container has, whatever was recorded before', textsOf('stopped', true), ['it was stopped']],
])('%s', (_, texts, expected) => expect(texts).toEqual(expected))

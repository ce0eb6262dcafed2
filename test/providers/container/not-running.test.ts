import { expect, it } from 'vitest'
import { notRunningDrift } from '../../../src/providers/linux/container/drift.ts'

const exit = { exitCode: undefined, failure: undefined, outOfMemory: false }

it.each([
  ['exited', { ...exit, exitCode: 137, outOfMemory: true }, 'killed: out of memory'],
  ['exited', { ...exit, outOfMemory: true }, 'killed: out of memory'],
  ['exited', { ...exit, exitCode: 137 }, 'it exited with code 137'],
  [
    'exited',
    { ...exit, exitCode: 1, outOfMemory: true },
    'it exited with code 1 after one of its processes was killed: out of memory',
  ],
  ['exited', exit, 'it was killed or lost its supervisor'],
  ['stopped', { ...exit, exitCode: 143 }, 'it was stopped'],
  ['created', exit, 'its start was interrupted'],
  ['absent', exit, 'it is not running'],
  ['absent', { ...exit, isLost: true }, 'it is not running, and its exit is not known: the host was restarted'],
  [
    'exited',
    { ...exit, exitCode: 1, failure: { message: 'no image\n' } },
    'it exited with code 1, and its restart policy could not start it again: no image',
  ],
  [
    'exited',
    { ...exit, exitCode: 3, failure: { message: 'web exited with code 3:\n  | key sesame is wrong\n' } },
    'it exited with code 3, and its restart policy could not start it again: web exited with code 3',
  ],
  [
    'exited',
    { ...exit, exitCode: 1, failure: { code: 'container-exited', message: 's/container/web exited with code 1.' } },
    'it exited with code 1 right after its restart',
  ],
] as const)('a container that is %s: %j', (state, { ...given }, text) => {
  expect(notRunningDrift(state, given)).toEqual({ text, part: 'process', class: 'recreate', isDown: true })
})

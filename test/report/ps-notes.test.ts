import { expect, it } from 'vitest'
import { driftNotes, missingNote } from '../../src/report/ps-notes.ts'

const container = (
  name: string,
  state: 'running' | 'exited' | 'stopped' | 'restarting',
  drift = ['x'],
  outOfMemory = false,
) => ({
  name,
  stack: 'shop',
  state,
  outOfMemory,
  drift,
})

it('ps says what each mark is: an exit, a lack of memory, a stop by hand, or a difference', () =>
  expect(
    driftNotes([
      container('web', 'exited'),
      container('job', 'exited'),
      container('big', 'exited', ['x'], true),
      container('off', 'stopped'),
      container('edited', 'running'),
      container('good', 'running', []),
      container('loop', 'restarting', []),
      container('hog', 'restarting', [], true),
    ]),
  ).toEqual([
    '! out of memory: shop/big. Raise `mem_limit`.',
    '! exited: shop/web, shop/job. `heropods logs shop/web` shows the output of shop/web.',
    '! out of memory, restarted: shop/hog. Raise `mem_limit`.',
    '! restarting: shop/loop. `heropods logs shop/loop` shows its output.',
    '! stopped by hand: shop/off. `heropods start shop/off` starts it.',
    '! not as it was applied: shop/edited. `heropods why shop/edited` shows the differences.',
  ]))

it('a container that runs although a process was killed has a note with its limit', () => {
  const killed = (name: string) => ({ ...container(name, 'running', []), memoryKills: 1, memoryLimit: 16 * 2 ** 20 })
  expect(driftNotes([killed('web'), killed('api'), { ...killed('db'), memoryKills: 2, memoryLimit: null }])).toEqual([
    '! 1 process killed: out of memory (limit 16M): shop/web, shop/api. `heropods why shop/web` names the process; raise `mem_limit`.',
    '! 2 processes killed: out of memory: shop/db. `heropods why shop/db` names the process; raise `mem_limit`.',
  ])
})

it('a container whose ports do not lead to it has a note with the command that repairs it', () =>
  expect(driftNotes([{ ...container('web', 'running', []), networkDrift: ['x'] }])).toEqual([
    '! a published port does not lead to the container: shop/web. `heropods why shop/web` names them, `heropods apply` repairs them.',
  ]))

it('a missing container leads to the generation that failed', () => {
  expect(missingNote('fail', 3)).toContain('generation 3 failed. `heropods history 3` shows why.')
  expect(missingNote('fail', undefined)).toContain('`heropods status fail`')
})

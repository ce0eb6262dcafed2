import { expect, it } from 'vitest'
import { stateText } from '../../src/report/container-state-text.ts'

const none = {
  health: null,
  lastCheck: null,
  startedAt: null,
  exitCode: null,
  outOfMemory: false,
  nextStart: null,
  restarts: 0,
} as const
const now = Date.parse('2026-11-28T00:00:00Z')
const at = '2026-11-28T00:00:07.400Z'

it.each([
  ['running', { ...none, state: 'running' }],
  ['not running', { ...none, state: 'absent' }],
  ['not running (exit not known: host restarted)', { ...none, state: 'absent', exitLost: true }],
  ['running (healthy)', { ...none, state: 'running', health: 'healthy' }],
  ['exited (3)', { ...none, state: 'exited', exitCode: 3 }],
  ['exited (137, out of memory)', { ...none, state: 'exited', exitCode: 137, outOfMemory: true }],
  [
    'restarting (exit 3, 4th try, next in 8s)',
    { ...none, state: 'restarting', exitCode: 3, nextStart: { number: 4, at } },
  ],
  [
    'restarting (exit 137, out of memory, 1st try, next in 8s)',
    { ...none, state: 'restarting', exitCode: 137, outOfMemory: true, nextStart: { number: 1, at } },
  ],
  ['restarting (12th try)', { ...none, state: 'restarting', nextStart: { number: 12, at: '2026-11-27T00:00:00Z' } }],
  [
    'running (healthy 2 h ago)',
    {
      ...none,
      state: 'running',
      health: 'starting',
      lastCheck: { status: 'healthy', checkedAt: '2026-11-27T21:59:00Z', failures: 0, isCurrent: false },
    },
  ],
  ['running (not checked)', { ...none, state: 'running', health: 'starting', startedAt: '2026-11-27T21:00:00Z' }],
  ['running (starting)', { ...none, state: 'running', health: 'starting', startedAt: '2026-11-27T23:59:59Z' }],
  ['running (restarted 3 times)', { ...none, state: 'running', restarts: 3, startedAt: '2026-11-27T23:59:59Z' }],
  ['running (restarted once)', { ...none, state: 'running', restarts: 1, startedAt: '2026-11-27T23:59:30Z' }],
  ['running', { ...none, state: 'running', restarts: 3, startedAt: '2026-11-27T22:59:30Z' }],
  ['running (1 process killed: out of memory)', { ...none, state: 'running', memoryKills: 1 }],
  [
    'running (healthy, 2 processes killed: out of memory)',
    { ...none, state: 'running', health: 'healthy', memoryKills: 2 },
  ],
  ['restarting', { ...none, state: 'restarting' }],
] as const)('%s', (expected, view) => expect(stateText(view, now)).toBe(expected))

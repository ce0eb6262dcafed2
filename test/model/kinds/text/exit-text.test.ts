import { expect, it } from 'vitest'
import { exitText } from '../../../../src/model/kinds/text/exit-text.ts'
import { ignoredStopText } from '../../../../src/model/kinds/text/stop-text.ts'

const exit = { exitCode: 137, outOfMemory: false }
const isUnplanned = true as const

it.each([
  ['3', { ...exit, exitCode: 3, isUnplanned }],
  ['143, stopped by generation 2', { ...exit, exitCode: 143, stoppedBy: 'generation 2' }],
  [
    '137, stopped by heropods stop (ignored SIGTERM for 3 s)',
    { ...exit, stoppedBy: 'heropods stop', stopNote: 'ignored SIGTERM for 3 s' },
  ],
  ['137 (out of memory)', { ...exit, outOfMemory: true, isUnplanned }],
  ['137, killed by SIGKILL, not by HeroPods, not out of memory', { ...exit, isUnplanned }],
  ['137, killed by SIGKILL, not out of memory', exit],
  ['139, killed by SIGSEGV, not by HeroPods', { ...exit, exitCode: 139, isUnplanned }],
  ['255', { ...exit, exitCode: 255, isUnplanned }],
])('%s', (text, one) => expect(exitText(one)).toBe(text))

it('a stop that ended with SIGKILL names what passes the signal on', () => {
  expect(ignoredStopText('SIGTERM', 10_000, false)).toBe(
    'ignored SIGTERM for 10 s; set `init: true`, which forwards signals',
  )
  expect(ignoredStopText('SIGQUIT', 1500, true)).toBe('ignored SIGQUIT for 1.5 s')
})

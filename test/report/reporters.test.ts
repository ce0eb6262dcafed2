import { expect, it } from 'vitest'
import type { Event } from '../../src/model/plan.ts'
import { lineReporter } from '../../src/report/reporters.ts'
import { makeStyle } from '../../src/report/style.ts'
import { planStep } from '../specs.ts'

function linesOf(...events: readonly Event[]): readonly string[] {
  const lines: string[] = []
  const reporter = lineReporter((text) => lines.push(text), makeStyle(false), '/')
  for (const event of events) reporter.report(event)
  return lines.join('').trimEnd().split('\n')
}

const failed = (name: string, message = `s/container/${name} exited with code 3: ${name} is broken.`): Event => ({
  type: 'step.finished',
  step: planStep(`s/container/${name}`, 'recreate'),
  outcome: { status: 'failed', error: { code: 'container-exited', message, hint: 'Correct it.' } },
  durationMs: 100,
})
const finished = (counts: Partial<Event & { type: 'finished' }>): Event => ({
  type: 'finished',
  done: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  durationMs: 712,
  ...counts,
})

it('the same failure of several replicas is reported once', () => {
  expect(linesOf(failed('app.1'), failed('app.2'), failed('app.3', 'Another fault.'))).toEqual([
    '✗ s/container/app.1 restart failed',
    'error[container-exited] s/container/app.1 exited with code 3: app.1 is broken.',
    '  -> Correct it.',
    '✗ s/container/app.2 restart failed, for the same reason as app.1',
    '✗ s/container/app.3 restart failed',
    'error[container-exited] Another fault.',
    '  -> Correct it.',
  ])
})

it('a skipped step names the object that failed', () => {
  const step = planStep('s/container/app', 'create')
  const outcome = { status: 'skipped', because: 's/container/cache:create' } as const
  expect(linesOf({ type: 'step.finished', step, outcome, durationMs: 0 })).toEqual([
    '- s/container/app skipped: needs s/container/cache, which failed',
  ])
})

it('a skipped step does not name an image that it does not use', () => {
  const step = planStep('s/container/app', 'create')
  const outcome = { status: 'skipped', because: 's/image/other:create', becauseOfImages: true } as const
  expect(linesOf({ type: 'step.finished', step, outcome, durationMs: 0 })).toEqual([
    '- s/container/app skipped: nothing is changed until all images are available',
  ])
})

it('the last line counts steps', () => {
  expect(linesOf(finished({ done: 4, failed: 2, skipped: 5 }))).toEqual([
    'Apply incomplete: 4 done, 2 failed, 5 skipped (0.7s).',
  ])
  expect(linesOf(finished({ done: 1 }))).toEqual(['Done: 1 step in 0.7s.'])
})

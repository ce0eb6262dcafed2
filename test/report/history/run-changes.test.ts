import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../../src/model/generation.ts'
import { changesText } from '../../../src/report/history/run-changes.ts'

const summary = { create: 0, update: 0, recreate: 0, delete: 0, keep: 3 }

const step = (object: `${string}/${string}`, action: StepRecord['action'], result: StepRecord['result'] = 'done') => {
  const [kind = '', name = ''] = object.split('/')
  return { address: `shop/${kind === 'net' ? 'network' : 'container'}/${name}`, action, result, durationMs: 1 } as const
}
const text = (...steps: StepRecord[]): string => changesText({ steps, omittedSteps: 0, summary })

describe('the changes of a run', () => {
  it('are counted by their results, with the names of containers first', () => {
    expect(text(step('net/lan0', 'create'), step('c/web', 'create'), step('c/db', 'recreate'))).toBe(
      '2 created, 1 restarted: web, db, lan0',
    )
  })

  it('name replicas together, and at most three names', () => {
    expect(text(step('c/app.1', 'update'), step('c/app.2', 'update'))).toBe('2 updated: app.1-2')
    expect(text(...['a', 'b', 'c', 'd', 'e'].map((name) => step(`c/${name}`, 'delete')))).toBe(
      '5 deleted: a, b, c and 2 more',
    )
  })

  it('count a deletion and a creation of one object as one replacement', () => {
    expect(text(step('c/web', 'delete'), step('c/web', 'create'))).toBe('1 replaced: web')
  })

  it('say what failed, and what a failure or an interruption left out', () => {
    expect(text(step('c/db', 'create', 'failed'), step('c/web', 'create', 'skipped'), step('net/lan', 'create'))).toBe(
      '1 created, 1 failed, 1 not done: db, web, lan',
    )
    expect(text(step('c/web', 'delete'), step('c/web', 'create', 'unfinished'))).toBe('1 failed: web')
    expect(text(step('c/web', 'delete'), step('c/web', 'create', 'cancelled'))).toBe('1 not done: web')
  })

  it('of a large run count the steps that were not recorded', () => {
    expect(changesText({ steps: [step('c/web', 'create')], omittedSteps: 150, summary })).toBe(
      '1 created, 150 more steps: web',
    )
  })

  it('without recorded steps are those of the plan', () => {
    expect(changesText({ summary: { ...summary, create: 2, delete: 1 } })).toBe('2 created, 1 deleted')
    expect(changesText({ summary })).toBe('-')
  })
})

it('an update of a network that only follows from its containers is not a change of its own', () => {
  const derived = { ...step('c/lan', 'update'), derived: true } as const
  expect(text(step('c/web', 'create'), derived)).toBe('1 created: web')
  expect(text(derived)).toBe('1 updated: lan')
})

import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../src/model/generation.ts'
import { doneWord, type Event, type Plan } from '../../src/model/plan.ts'
import { boundedSteps, killedSteps, recordSteps } from '../../src/reconciler/history/run-steps.ts'
import { planStep } from '../specs.ts'

const record = (number: number, result: StepRecord['result']): StepRecord => ({
  address: `s/container/c${number}`,
  action: 'create',
  result,
  durationMs: 1,
})

describe('the record of the steps of a run', () => {
  it('has results, durations and errors, without places in files', () => {
    const passed: Event[] = []
    const { reporter, ended } = recordSteps({ report: (event) => passed.push(event) })
    const one = planStep('s/container/web', 'create')
    const place = { file: 's.yaml', line: 1, column: 1, quote: 'PASSWORD: x' }
    const error = { code: 'container-exited', message: `exit 3${'x'.repeat(9000)}end`, place } as const
    reporter.report({ type: 'step.started', step: one })
    reporter.report({ type: 'step.finished', step: one, outcome: { status: 'failed', error }, durationMs: 12 })
    const [recorded] = ended().steps
    expect(passed).toHaveLength(2)
    expect(recorded).toMatchObject({ address: 's/container/web', action: 'create', result: 'failed', durationMs: 12 })
    expect(recorded?.error).not.toHaveProperty('place')
    expect(recorded?.error?.message).toMatch(/^exit 3x+\n {2}\.\.\.\nx+end$/)
    expect(recorded?.error?.message.length).toBeLessThan(4100)
  })

  it('marks an update of a network that only follows from its containers', () => {
    const { reporter, ended } = recordSteps({ report: () => undefined })
    for (const paths of [['/members/0'], ['/members/0', '/hosts'], ['/members/0', '/mtu'], []]) {
      const changes = paths.map((path) => ({ path, before: 1, after: 2, class: 'live' }) as const)
      const step = { ...planStep('s/network/lan', 'update'), changes }
      reporter.report({ type: 'step.finished', step, outcome: { status: 'done' }, durationMs: 1 })
    }
    expect(ended().steps.map(({ derived }) => derived)).toEqual([true, true, undefined, undefined])
  })

  it('marks a start of a container that did not run, which apply and history call started', () => {
    const { reporter, ended } = recordSteps({ report: () => undefined })
    const step = planStep('s/container/web', 'recreate')
    for (const one of [step, { ...step, notRunning: 'stopped' } as const])
      reporter.report({ type: 'step.finished', step: one, outcome: { status: 'done' }, durationMs: 1 })
    expect(ended().steps.map(({ starts }) => starts)).toEqual([undefined, true])
    expect(ended().steps.map(doneWord)).toEqual(['restarted', 'started'])
  })

  it('leaves out the first steps that are done, never a failed one', () => {
    const steps = [record(0, 'failed'), ...Array.from({ length: 150 }, (_, index) => record(index + 1, 'done'))]
    const { steps: left, omittedSteps } = boundedSteps(steps)
    expect([left.length, omittedSteps, left[0]?.result, left.at(-1)?.address]).toEqual([
      100,
      51,
      'failed',
      's/container/c150',
    ])
  })
})

describe('the steps of a killed run', () => {
  const steps = ['a', 'b', 'c'].map((name) => planStep(`s/container/${name}`, 'create'))
  const removed = planStep('s/container/old', 'delete')
  const plan: Plan = {
    formatVersion: 1,
    steps: [...steps, removed],
    summary: { create: 3, update: 0, recreate: 0, delete: 1, keep: 0 },
    warnings: [],
  }
  const state = {
    inventory: new Map([['s/container/a', { address: 's/container/a', specHash: '', generation: 4 }]] as const),
    leases: [],
    generation: 4,
    pending: ['s/container/b:create'] as const,
  }

  it('are known from the records of the newest run', () =>
    expect(killedSteps(4, plan, state)?.map(({ result }) => result)).toEqual([
      'done',
      'unfinished',
      'cancelled',
      'done',
    ]))

  it('of an earlier run are not known', () => expect(killedSteps(3, plan, state)).toBeUndefined())
})

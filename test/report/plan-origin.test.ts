import { expect, it } from 'vitest'
import { renderPlan } from '../../src/report/plan-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { change, planStep } from '../specs.ts'

const summary = { create: 0, update: 1, recreate: 0, delete: 0, keep: 0 }

it('a change ends with the place that set its field', () => {
  const step = planStep('s/container/web', 'update', [change('/mem_limit'), change('/labels/a')])
  const originOf = (at: string, path: string) => (path === '/mem_limit' ? `${at.split('/')[0]}.yaml:12` : undefined)
  const text = renderPlan(
    { formatVersion: 1, steps: [step], summary, warnings: [] },
    { style: makeStyle(false), originOf },
  )
  expect(text.split('\n').filter((line) => line.includes('s.yaml:12'))).toEqual([
    expect.stringMatching(/mem_limit: .* {2}s\.yaml:12$/),
  ])
})

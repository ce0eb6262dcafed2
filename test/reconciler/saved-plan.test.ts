import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadPlan } from '../../src/reconciler/plan/saved-plan.ts'

const folder = mkdtempSync('/tmp/hp-plan-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'plan.json')

const inputs = {
  instance: 'default',
  cwd: '/',
  files: ['a.yaml'],
  merged: [],
  variables: {},
  variableFiles: [],
  profiles: [],
  targets: [],
  deleteData: false,
}
const whole = { formatVersion: 1, kind: 'Plan', inputs, plan: { steps: [{ id: 'a/container/b:create' }] } }

it('a saved plan is read as it was written', async () => {
  writeFileSync(file, JSON.stringify(whole))
  expect(await loadPlan(file)).toMatchObject({ inputs, plan: whole.plan })
})

for (const [what, edited, message] of [
  ['that is not an object', null, 'it was not written by this version'],
  ['without inputs', { ...whole, inputs: undefined }, '/inputs is not an object'],
  [
    'with one file in place of a list',
    { ...whole, inputs: { ...inputs, files: 'a.yaml' } },
    '/inputs/files is not a list',
  ],
  ['with a number for a folder', { ...whole, inputs: { ...inputs, cwd: 7 } }, '/inputs/cwd is not a string'],
  [
    'with a list of variables',
    { ...whole, inputs: { ...inputs, variables: ['a'] } },
    '/inputs/variables is not an object',
  ],
  [
    'with a text for a flag',
    { ...whole, inputs: { ...inputs, deleteData: 'no' } },
    '/inputs/deleteData is not true or false',
  ],
  ['without steps', { ...whole, plan: {} }, '/plan/steps is not a list'],
  ['with a step that is a text', { ...whole, plan: { steps: ['x'] } }, '/plan/steps/0 is not an object'],
] as const)
  it(`a plan ${what} is refused`, async () => {
    writeFileSync(file, JSON.stringify(edited))
    await expect(loadPlan(file)).rejects.toMatchObject({
      refused: true,
      diagnostics: [{ code: 'plan-unreadable', message: expect.stringContaining(message) }],
    })
  })

import { expect, it } from 'vitest'
import { originTexts, planOrigins, shownFile } from '../../src/cli/plan-origins.ts'
import type { FieldReference } from '../../src/model/desired.ts'
import type { Plan } from '../../src/model/plan.ts'
import { originText } from '../../src/report/origin-text.ts'
import { stackFolder } from '../stack/support.ts'

const { folder, load } = stackFolder()

const planOf = (...paths: readonly string[]): Plan => ({
  formatVersion: 1,
  steps: [
    {
      id: 'test/container/web:update',
      address: 'test/container/web',
      kind: 'container',
      action: 'delete',
      class: 'live',
      reason: '',
      changes: paths.map((path) => ({ path, before: 1, after: 2, class: 'live' })),
      after: [],
      destructive: false,
      spec: undefined,
    },
  ],
  summary: { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 },
  warnings: [],
})

it('objects, changed fields and the fields around them have an origin with a file relative to the folder', async () => {
  const stack = await load('containers:\n  web:\n    image: busybox\n    command:\n      - sleep\n      - "9"\n')
  const originOf = originTexts(await planOrigins([stack], planOf('/command/1'), folder))
  expect(originOf('test/container/web', '')).toBe('heropods.yaml:5')
  expect(originOf('test/container/web', '/command')).toBe('heropods.yaml:7')
  expect(originOf('test/container/web', '/command/1')).toBe('heropods.yaml:9')
  expect(originOf('test/container/web', '/image')).toBeUndefined()
})

it('a plan without steps asks for no origin', async () => {
  const stack = await load('containers: { web: { image: busybox } }')
  const asked: FieldReference[] = []
  const origins = async (fields: readonly FieldReference[]) => {
    asked.push(...fields)
    return []
  }
  const counted = { ...stack, origins }
  await planOrigins([counted], { ...planOf(), steps: [] }, folder)
  expect(asked).toEqual([])
  await planOrigins([counted], planOf(), folder)
  expect(asked).toHaveLength(1)
})

it('files outside the folder keep their path, and the route is named', () => {
  expect(shownFile('/a/b/shop.yaml', '/a')).toBe('b/shop.yaml')
  expect(shownFile('/a/shop.yaml', '/a/b')).toBe('/a/shop.yaml')
  expect(originText({ file: 'prod.yaml', line: 4, through: 'overlay' })).toBe('prod.yaml:4 (overlay)')
  expect(originText({ file: 'shop.yaml', line: 7, variables: ['TAG'] })).toBe('shop.yaml:7 (variable TAG)')
  expect(originText({ file: 'shop.yaml' })).toBe('shop.yaml')
})

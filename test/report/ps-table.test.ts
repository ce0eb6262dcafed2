import { expect, test } from 'vitest'
import { type PsRow, psTable } from '../../src/report/ps-table.ts'

const web: PsRow = {
  name: 'web.1',
  stack: 'shop',
  image: 'ghcr.io/org/shop:1.2@sha256:0123456789abcdef',
  state: 'running (healthy)',
  up: '3h',
  ip: '10.88.12.34',
  ports: '8080:80/tcp',
}
const worker = {
  ...web,
  name: 'worker',
  state: 'restarting (exit 137, out of memory, 4th try, next in 8s)',
  ports: '-',
}
const missing = { ...web, name: 'later', image: '-', state: 'missing', up: '-', ip: '-', ports: '-' }
const widthOf = ({ headings, rows }: ReturnType<typeof psTable>): number =>
  headings.reduce(
    (sum, text, position) => sum + 2 + Math.max(text.length, ...rows.map((row) => row[position]?.length ?? 0)),
    -2,
  )

test('Without a limit the table has all columns and complete texts', () => {
  const table = psTable([web, worker, missing])
  expect(table.headings).toEqual(['NAME', 'STACK', 'IMAGE', 'STATE', 'UP', 'IP', 'PORTS'])
  expect(table.rows).toEqual([web, worker, missing].map((row) => Object.values(row)))
  expect(table.omitted).toEqual([])
  expect(psTable([web, worker], 200)).toEqual(psTable([web, worker]))
})

test('A narrow terminal has shorter texts before it has fewer columns', () => {
  const table = psTable([web], 80)
  expect(table.rows).toEqual([['web.1', 'shop', 'shop:1.2', 'running (healthy)', '3h', '10.88.12.34', '8080:80/tcp']])
  expect(table.omitted).toEqual([])
  expect(widthOf(table)).toBeLessThanOrEqual(80)
})

test('80 columns show name, stack, state and ports of a crash loop', () => {
  const table = psTable([web, worker, missing], 80)
  expect(table.omitted).toEqual(['IP'])
  expect(table.rows[1]).toEqual(['worker', 'shop', 'shop:1.2', 'restarting (exit 137, OOM, 4th try)', '3h', '-'])
  expect(table.rows[2]?.[3]).toBe('missing')
  expect(widthOf(table)).toBeLessThanOrEqual(80)
})

test('Columns go in the order of their importance; name, stack and state always remain', () => {
  expect(psTable([web, worker], 70).omitted).toEqual(['IMAGE', 'IP'])
  expect(psTable([web, worker], 10).headings).toEqual(['NAME', 'STACK', 'STATE'])
})

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Row)(?!-)/.test(line))
  .map((line) => line.split(' | ')[0]?.slice(2) ?? '')

it('each row of docs/security.md has its test', () => {
  const titles = [
    ...readFileSync(join(root, 'test/live/containers/security.test.ts'), 'utf8').matchAll(/^ {2}it\('(.*)', /gm),
  ]
  const files = readdirSync(join(root, 'test/live'), { recursive: true }).map((path) => basename(String(path)))
  const elsewhere = rows.filter((row) => row.includes('.test.ts'))
  expect(titles.map(([, title]) => title).sort()).toEqual(rows.filter((row) => !elsewhere.includes(row)).sort())
  for (const row of elsewhere) {
    const [file = ''] = /[\w-]+\.test\.ts/.exec(row) ?? []
    expect(files, row).toContain(file)
  }
})

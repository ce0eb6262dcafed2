import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPage, top } from './docs-pages.ts'

const folders = readdirSync(join(top, 'stacks')).filter((name) => !name.includes('.'))

describe('stacks/README.md', () => {
  const page = readPage('stacks/README.md')
  it.each(readdirSync(join(top, 'stacks')).filter((name) => name !== 'README.md'))('lists %s', (name) =>
    expect(page).toContain(`](${name.endsWith('.yaml') ? name : `${name}/README.md`})`),
  )
})

it.each(folders)('%s never has its secrets in the repository, and a script that makes them', (name) => {
  const stack = parse(readPage(`stacks/${name}/heropods.yaml`)) as { secrets?: Record<string, { file: string }> }
  const files = Object.values(stack.secrets ?? {}).map(({ file }) => file)
  if (files.length === 0) return
  const script = readPage(`stacks/${name}/secrets.sh`)
  for (const file of files) expect(script).toContain(file)
  expect(existsSync(join(top, 'stacks', name, 'secrets'))).toBe(false)
})

it('dashboard and alerts of the monitoring stack use metrics that are documented', () => {
  const used = ['grafana/heropods.json', 'prometheus/alerts.yml']
    .flatMap((file) => readPage(`stacks/monitoring/${file}`).match(/\bheropods_\w+/g) ?? [])
    .filter((name) => name !== 'heropods_')
  expect(new Set(used).size).toBeGreaterThan(10)
  const documented = readPage('docs/page.md')
  expect([...new Set(used)].filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})

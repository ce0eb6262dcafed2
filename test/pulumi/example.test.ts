import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { Folder, outside } from './support.ts'

/** What `heropods pulumi init` makes: a repo with two environments, side by side on one host. */
const cli = join(import.meta.dirname, '../../dist/heropods.js')
let folder: Folder
beforeAll(() => {
  folder = new Folder({ install: false })
  execFileSync(process.execPath, [cli, 'pulumi', 'init', folder.program], { env: folder.environment })
  const manifest = JSON.parse(readFileSync(join(folder.program, 'package.json'), 'utf8')) as { dependencies: object }
  manifest.dependencies = {
    ...manifest.dependencies,
    '@pulumi/pulumi': '3.248.0',
    heropods: `file:${inject('tarball')}`,
  }
  writeFileSync(join(folder.program, 'package.json'), JSON.stringify(manifest))
  outside('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], folder.program)
}, 300_000)
afterAll(() => folder.end(), 120_000)

const page = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })).text()

it('type-checks', () => expect(folder.typecheck()).toEqual({ code: 0, output: '' }))

it('both environments stand beside each other and go one by one', async () => {
  folder.ok('stack', 'init', 'staging')
  folder.ok('config', 'set', '--secret', 'token', 'a-token-of-staging')
  folder.up()
  folder.ok('stack', 'init', 'production')
  folder.up()
  expect(await page(18105)).toBe('Hello from staging')
  expect(await page(18106)).toBe('Hello from production')
  expect(folder.heropods('ps', '--quiet').trim().split('\n')).toHaveLength(6)
  expect(folder.textBelow(join(folder.path, 'state'))).not.toContain('a-token-of-staging')
  folder.ok('destroy', '--yes', '--skip-preview', '--stack', 'staging')
  expect(await page(18106)).toBe('Hello from production')
  folder.ok('destroy', '--yes', '--skip-preview', '--stack', 'production')
  expect(folder.containers().size).toBe(0)
})

it('refuses a folder in which something lies', () => {
  const run = (): unknown => execFileSync(process.execPath, [cli, 'pulumi', 'init', folder.program], { stdio: 'pipe' })
  expect(run).toThrow(/is not empty/)
})

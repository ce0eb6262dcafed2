import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync('/tmp/hp-trees-')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

function folder(name: string, files: number): string {
  const path = join(base, name)
  mkdirSync(join(path, 'below/deeper'), { recursive: true })
  for (let i = 0; i < files; i += 1) writeFileSync(join(path, 'below/deeper', String(i)), '')
  return path
}

it('removes files, small and large folders and links, but not what links lead to', async () => {
  const target = folder('target', 1)
  const link = join(base, 'link')
  symlinkSync(target, link)
  const file = join(base, 'file')
  writeFileSync(file, 'x')
  const withLink = folder('with-link', 1)
  symlinkSync(target, join(withLink, 'below/out'))
  const paths = [file, link, withLink, folder('small', 3), folder('large', 300), join(base, 'absent')]
  expect(await new LocalHost().removeTrees(paths)).toEqual(new Map())
  expect(paths.filter((path) => existsSync(path))).toEqual([])
  expect(existsSync(join(target, 'below/deeper/0'))).toBe(true)
})

it('continues after an error, and raises it for a single path', async () => {
  const good = folder('good', 1)
  const errors = await new LocalHost().removeTrees(['/proc/self/status', good])
  expect([...errors.keys()]).toEqual(['/proc/self/status'])
  expect(existsSync(good)).toBe(false)
  await expect(new LocalHost().removeTree('/proc/self/status')).rejects.toThrow()
})

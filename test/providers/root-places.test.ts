import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import {
  changedBind,
  clearWays,
  type Place,
  rootProblem,
} from '../../src/providers/linux/container/rootfs/root-places.ts'

const base = mkdtempSync(join(tmpdir(), 'hp-places-'))
const [root, image] = [join(base, 'root'), join(base, 'image')]
afterAll(() => rmSync(base, { recursive: true }))
beforeEach(() => {
  for (const folder of [root, image]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  }
})

const file: Place = { target: '/f', kind: 'file' }
const folder: Place = { target: '/d', kind: 'folder' }
const problemAfter = (...places: readonly Place[]): string | undefined => {
  clearWays(root, image, places)
  return rootProblem(root, places)
}

it('an empty folder or file that an earlier mount of the other kind left makes room', () => {
  mkdirSync(join(root, 'f'))
  writeFileSync(join(root, 'd'), '')
  expect(rootProblem(root, [file])).toContain('a folder in place of the file /f')
  expect(problemAfter(file, folder)).toBeUndefined()
})

it('what is of the image, or not empty, stays', () => {
  for (const one of [root, image]) mkdirSync(join(one, 'f'))
  writeFileSync(join(root, 'd'), 'data')
  expect(problemAfter(file)).toContain('a folder in place of the file /f')
  expect(problemAfter(folder)).toContain('a file in place of the folder /d')
  mkdirSync(join(root, 'g/inside'), { recursive: true })
  expect(problemAfter({ target: '/g', kind: 'file' })).toContain('a folder in place of the file /g')
})

it('no link leads out of the root, and what is of the right kind stays', () => {
  const outside = join(base, 'outside')
  writeFileSync(outside, '')
  symlinkSync(outside, join(root, 'd'))
  mkdirSync(join(root, 'e'))
  expect(problemAfter(folder, { target: '/e', kind: 'folder' })).toBeUndefined()
  expect(existsSync(outside)).toBe(true)
  expect(existsSync(join(root, 'e'))).toBe(true)
})

it('a bind is named whose source has become of another kind', () => {
  mkdirSync(join(root, 'f'))
  const bind: Required<Place> = { ...file, source: '/srv/f' }
  expect(changedBind(root, [folder, bind])).toEqual(bind)
  expect(changedBind(root, [file, { ...bind, kind: 'folder' }, { ...bind, target: '/new' }])).toBeUndefined()
})

import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { LocalHost } from '../../../src/host/local.ts'
import {
  changedBind,
  type MountPoint,
  removeStaleMountPoints,
  rootProblem,
} from '../../../src/providers/linux/container/rootfs/mount-points.ts'

const base = mkdtempSync(join(tmpdir(), 'hp-places-'))
const [root, image] = [join(base, 'root'), join(base, 'image')]
afterAll(() => rmSync(base, { recursive: true }))
beforeEach(() => {
  for (const folder of [root, image]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  }
})

const file: MountPoint = { target: '/f', kind: 'file' }
const folder: MountPoint = { target: '/d', kind: 'folder' }
const host = new LocalHost()
const problemAfter = async (...places: readonly MountPoint[]): Promise<string | undefined> => {
  await removeStaleMountPoints(host, root, image, places)
  return rootProblem(host, root, places)
}

it('an empty folder or file that an earlier mount of the other kind left makes room', async () => {
  mkdirSync(join(root, 'f'))
  writeFileSync(join(root, 'd'), '')
  expect(await rootProblem(host, root, [file])).toContain('a folder in place of the file /f')
  expect(await problemAfter(file, folder)).toBeUndefined()
})

it('what is of the image, or not empty, stays', async () => {
  for (const one of [root, image]) mkdirSync(join(one, 'f'))
  writeFileSync(join(root, 'd'), 'data')
  expect(await problemAfter(file)).toContain('a folder in place of the file /f')
  expect(await problemAfter(folder)).toContain('a file in place of the folder /d')
  mkdirSync(join(root, 'g/inside'), { recursive: true })
  expect(await problemAfter({ target: '/g', kind: 'file' })).toContain('a folder in place of the file /g')
})

it('no link leads out of the root, and what is of the right kind stays', async () => {
  const outside = join(base, 'outside')
  writeFileSync(outside, '')
  symlinkSync(outside, join(root, 'd'))
  mkdirSync(join(root, 'e'))
  expect(await problemAfter(folder, { target: '/e', kind: 'folder' })).toBeUndefined()
  expect(existsSync(outside)).toBe(true)
  expect(existsSync(join(root, 'e'))).toBe(true)
})

it('a bind is named whose source has become of another kind', async () => {
  mkdirSync(join(root, 'f'))
  const bind: Required<MountPoint> = { ...file, source: '/srv/f' }
  expect(await changedBind(host, root, [folder, bind])).toEqual(bind)
  expect(
    await changedBind(host, root, [file, { ...bind, kind: 'folder' }, { ...bind, target: '/new' }]),
  ).toBeUndefined()
})

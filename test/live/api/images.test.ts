import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { HeroPodsError } from '../../../src/api/index.ts'
import { Instance } from '../support.ts'
import { HeroPods } from './library.ts'

const instance = new Instance()
const hp = new HeroPods({ dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') })
afterAll(() => instance.end())

const codes = (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (error: HeroPodsError) => error.diagnostics.map((one) => one.code),
  )

it('makes, describes, exports, imports and deletes an image', async () => {
  const base = await hp.imageNew({ name: 'base', builtin: 'busybox' })
  const info = await base.info()
  expect(info).toMatchObject({ name: 'base', source: 'busybox' })
  expect(info.sizeBytes).toBeGreaterThan(100_000)
  expect(statSync(join(info.rootfsPath, 'bin/busybox')).isFile()).toBe(true)
  const file = join(instance.base, 'copy.tgz')
  expect(await codes(base.export({ destPath: file, compressLevel: 10 }))).toEqual(['invalid'])
  await base.export({ destPath: file, compressLevel: 9 })
  const copy = await hp.imageImport({ sourcePath: file })
  expect((await hp.imagesList()).map(({ name }) => name)).toEqual(['base', 'copy'])
  const user = await hp.containerNew({
    name: 'user',
    customImageName: 'copy',
    fields: { command: ['sleep', '1000'], stop_grace_period: '0s' },
  })
  expect((await user.exec('echo from the copy')).stdout).toBe('from the copy\n')
  expect(await codes(copy.delete())).toEqual(['image-in-use'])
  await user.delete()
  await copy.delete()
  await base.delete()
  expect(await hp.imagesList()).toEqual([])
  expect(await codes(hp.imageGet('base'))).toEqual(['unknown-object'])
})

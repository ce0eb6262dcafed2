import { execFileSync } from 'node:child_process'
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
  // The name is that of an image for one-off runs, stacks and commands as well.
  expect((await hp.run({ image: 'copy', command: 'echo one-off' })).stdout).toBe('one-off\n')
  expect(instance.ok('run', '--rm', 'localhost/copy', 'echo', 'from a command')).toBe('from a command\n')
  expect(instance.ok('image', 'info', 'localhost/copy')).toMatch(/NAME +localhost.copy:latest/)
  const containers = { web: { image: 'localhost/copy', command: ['sleep', '1000'], stop_grace_period: '0s' } }
  await hp.apply({ metadata: { name: 'shop' }, containers })
  expect((await (await hp.get('web')).exec('echo in a stack')).stdout).toBe('in a stack\n')
  const other = await hp.plan({ metadata: { name: 'other' }, containers: { web: { image: 'copy' } } })
  expect(other.plan.warnings).toMatchObject([
    { code: 'image-not-local', hint: expect.stringContaining('`localhost/copy`') },
  ])
  await hp.containerNew({ name: 'defined', customImageName: 'copy' })
  expect(await codes(copy.delete())).toEqual(['image-in-use'])
  await (await hp.get('defined')).delete()
  await copy.delete()
  expect((await (await hp.get('web')).exec('echo still')).stdout).toBe('still\n')
  // Another image of the name is a change of the stack.
  const next = join(instance.base, 'next.tar')
  execFileSync('tar', ['-C', info.rootfsPath, '-cf', next, '.'])
  const newer = await hp.imageImport({ sourcePath: next, name: 'copy' })
  expect((await hp.plan({ metadata: { name: 'shop' }, containers })).plan.summary).toMatchObject({ recreate: 1 })
  await newer.delete()
  await hp.destroy('shop')
  await base.delete()
  expect(await hp.imagesList()).toEqual([])
  expect(await codes(hp.imageGet('base'))).toEqual(['unknown-object'])
})

it('a name without an image is refused: it is never pulled', async () => {
  const base = await hp.imageNew({ name: 'base', builtin: 'busybox' })
  const wrong = hp.containerNew({ name: 'typo', customImageName: 'bsae' })
  await expect(wrong).rejects.toMatchObject({
    refused: true,
    diagnostics: [{ code: 'unknown-object', message: 'There is no image named "bsae". Did you mean "base"?' }],
  })
  await base.delete()
  expect(await codes(hp.containerNew({ name: 'typo', customImageName: 'base' }))).toEqual(['unknown-object'])
  expect(await hp.list()).toEqual([])
})

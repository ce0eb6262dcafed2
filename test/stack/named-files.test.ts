import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { loadDirectory } from '../../src/stack/load-directory.ts'
import type { LoadOptions } from '../../src/stack/read-all.ts'
import { loadIn, optionsIn } from './load.ts'

const folder = mkdtempSync('/tmp/hp-named-')
const head = (name = 'test'): string => `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n`

beforeAll(() => {
  execFileSync('mkfifo', [join(folder, 'pipe')])
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'huge'), '')
  truncateSync(join(folder, 'huge'), 2 ** 40)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = async (more: Partial<LoadOptions>): Promise<HeroPodsError> => {
  try {
    await loadIn(folder, { files: [], ...more })
  } catch (error) {
    if (error instanceof HeroPodsError && error.refused) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** Places in a stack where a file is named. */
const uses: Readonly<Record<string, (path: string) => string>> = {
  'a config': (path) => `configs: { a: { file: ${path} } }\n`,
  'a secret': (path) => `secrets: { a: { file: ${path} } }\n`,
  'an include': (path) => `include: [${path}]\n`,
  'an environment file': (path) => `containers: { a: { image: busybox, env_file: ${path} } }\n`,
  'an environment file that may be absent': (path) =>
    `containers: { a: { image: busybox, env_file: [{ path: ${path}, required: false }] } }\n`,
  extends: (path) => `containers: { a: { extends: { file: ${path}, service: a } } }\n`,
  'a seccomp profile': (path) => `containers: { a: { image: busybox, security_opt: ["seccomp:${path}"] } }\n`,
}
const special = ['./pipe', '/dev/zero', '/proc/kmsg', './sub', './huge', '/dev/tty']

describe('a file that is not a regular one is refused where it is named', () => {
  for (const [what, body] of Object.entries(uses))
    it(what, async () => {
      for (const path of special) {
        writeFileSync(join(folder, 'stack.yaml'), head() + body(path))
        const [diagnostic] = (await load({ files: [join(folder, 'stack.yaml')] })).diagnostics
        expect([path, diagnostic?.message]).toEqual([
          path,
          expect.stringMatching(/not a regular file|larger than|cannot be read/),
        ])
        expect(diagnostic?.place?.line, path).toBe(4)
        expect(diagnostic?.hint?.length).toBeGreaterThan(10)
      }
    })

  it('stacks, merged files and files of variables', async () => {
    writeFileSync(join(folder, 'stack.yaml'), head())
    for (const path of special) {
      const absolute = path.startsWith('/') ? path : join(folder, path)
      if (path !== './sub') await load({ files: [absolute] })
      await load({ mergedFiles: [absolute] })
      await load({ files: [join(folder, 'stack.yaml')], variableFiles: [absolute] })
    }
  })
})

it('a seccomp profile that is not one is refused where it is named', async () => {
  for (const text of [
    '',
    'null',
    '[]',
    '{}',
    '{"defaultAction":1}',
    '{"defaultAction":"a","syscalls":[{}]}',
    '{"defaultAction":"a","syscalls":{"x":1}}',
  ]) {
    writeFileSync(join(folder, 'profile.json'), text)
    writeFileSync(join(folder, 'stack.yaml'), head() + (uses['a seccomp profile']?.('./profile.json') ?? ''))
    const [diagnostic] = (await load({ files: [join(folder, 'stack.yaml')] })).diagnostics
    expect([diagnostic?.code, diagnostic?.place?.line]).toEqual(['seccomp-profile', 4])
  }
})

it('files that include each other many times are read once', async () => {
  for (let level = 0; level < 30; level += 1)
    writeFileSync(
      join(folder, `i${level}.yaml`),
      `${head()}${level < 29 ? `include: [./i${level + 1}.yaml, ./i${level + 1}.yaml]\n` : ''}`,
    )
  const { stacks } = await loadIn(folder, { files: [join(folder, 'i0.yaml')] })
  expect(stacks[0]?.files.length).toBeLessThanOrEqual(31)
})

it('in a folder such a file fails alone', async () => {
  const stacks = join(folder, 'stacks')
  mkdirSync(stacks)
  writeFileSync(join(stacks, 'good.yaml'), head('good'))
  writeFileSync(join(stacks, 'bad.yaml'), `${head('bad')}configs: { a: { file: /dev/zero } }\n`)
  execFileSync('mkfifo', [join(stacks, 'pipe.yaml')])
  mkdirSync(join(stacks, 'sub.yaml'))
  const loaded = await loadDirectory(stacks, optionsIn(folder))
  expect([...loaded.stacks.keys()]).toEqual(['good'])
  expect(loaded.failures.map(({ file, stack }) => [file, stack])).toEqual([
    [join(stacks, 'pipe.yaml'), undefined],
    [join(stacks, 'sub.yaml'), undefined],
    [join(stacks, 'bad.yaml'), 'bad'],
  ])
})

it('a file or folder whose name is not UTF-8 is told as such', async () => {
  const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xf6]), Buffer.from('.yaml')])
  writeFileSync(name, head('latin'))
  const told = (error: HeroPodsError) => error.diagnostics.map(({ code, hint }) => [code, hint])
  const expected = [['file-missing', 'Rename it: its path contains bytes that are not UTF-8.']]
  expect(told(await load({ files: [`${folder}/\uFFFD.yaml`] }))).toEqual(expected)
  expect(told(await load({ mergedFiles: [`${folder}/\uFFFD.yaml`] }))).toEqual(expected)
  const { failures } = await loadDirectory(folder, optionsIn(folder))
  rmSync(name)
  expect(failures.flatMap((one) => one.diagnostics.map(({ code, hint }) => [code, hint]))).toEqual(
    expect.arrayContaining(expected),
  )
})

it('of several files that name no stack each is told', async () => {
  const stacks = join(folder, 'nameless')
  mkdirSync(stacks)
  for (const name of ['a.yaml', 'b.yaml']) writeFileSync(join(stacks, name), 'x: 1\n')
  const { failures } = await loadDirectory(stacks, optionsIn(folder))
  expect(failures.map(({ file }) => file)).toEqual([join(stacks, 'a.yaml'), join(stacks, 'b.yaml')])
})

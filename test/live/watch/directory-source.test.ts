import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalReader } from '../../../src/host/local.ts'
import { loadDirectory } from '../../../src/stack/load-directory.ts'
import { DirectorySource, type SourceFailure, type SourceRevision } from '../../../src/watch/source/directory.ts'

const stack = (name: string, tag = 'a'): string =>
  `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\ncontainers:\n  one: { image: busybox, labels: { tag: ${tag} } }\n`

let base = ''
let folder = ''
let source: DirectorySource
let snapshots: SourceRevision[] = []
let failures: SourceFailure[] = []

beforeEach(() => {
  base = mkdtempSync('/tmp/hp-source-')
  folder = join(base, 'stacks')
  mkdirSync(folder)
  snapshots = []
  failures = []
})
afterEach(async () => {
  await source.close()
  rmSync(base, { recursive: true, force: true })
})

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const follow = (settleMs = 100, longestUnrest = 30_000): void => {
  source = new DirectorySource({
    host: new LocalReader(),
    folder,
    settleMs,
    longestUnsettledMs: longestUnrest,
    load: (path) =>
      loadDirectory(path, {
        cwd: base,
        variables: {},
        variableFiles: [],
        profiles: [],
        environment: {},
        encryptionKey: Buffer.alloc(32),
        instanceId: '01234567',
      }),
    origin: async () => ({ origin: {} }),
    onRevision: (snapshot) => snapshots.push(snapshot),
    onFailure: (failure) => failures.push(failure),
  })
}
const inotifyWatches = (): number =>
  readdirSync('/proc/self/fdinfo').reduce((sum, name) => sum + inotifyLines(`/proc/self/fdinfo/${name}`), 0)

/** A descriptor may be closed by now. */
function inotifyLines(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\ninotify wd').length - 1
  } catch {
    return 0
  }
}

const names = (): readonly string[] => [...(snapshots.at(-1)?.loaded.stacks.keys() ?? [])]
const settled = (expected: readonly string[]) => expect.poll(names, { timeout: 5000 }).toEqual(expected)

describe('a folder of stacks', () => {
  it('is delivered once it is still', async () => {
    write('a.yaml', stack('a'))
    follow()
    await settled(['a'])
    write('b.yml', stack('b'))
    await settled(['a', 'b'])
    rmSync(join(folder, 'a.yaml'))
    await settled(['b'])
    expect(snapshots.every((one) => one.mayPrune)).toBe(true)
  })

  it('says nothing of files that are no stacks, and of rewritten ones that are the same', async () => {
    write('a.yaml', stack('a'))
    follow()
    await settled(['a'])
    for (const name of ['.a.yaml.swp', '4913', 'a.yaml~', '_draft.yaml', 'README']) write(name, 'x')
    write('a.yaml', stack('a'))
    await delay(500)
    expect(snapshots).toHaveLength(1)
  })

  it('is delivered when it changes right after something that changed nothing', async () => {
    write('a.yaml', stack('a', 'tag0'))
    follow()
    await settled(['a'])
    for (let count = 1; count <= 20; count += 1) {
      write('.new', stack('a', `tag${count - 1}`))
      renameSync(join(folder, '.new'), join(folder, 'a.yaml'))
      await delay(count / 2)
      write('a.yaml', stack('a', `tag${count}`))
      await expect.poll(() => snapshots.length, { timeout: 20_000 }).toBe(count + 1)
    }
  })

  it('never delivers a tree that is still being written', async () => {
    follow(200)
    const text = stack('a', 'b').repeat(1)
    for (let size = 10; size < text.length; size += 10) {
      write('a.yaml', text.slice(0, size))
      await delay(20)
    }
    write('a.yaml', text)
    await settled(['a'])
    expect(snapshots.flatMap((one) => one.loaded.failures)).toEqual([])
  })

  it('tells once which file is never still, and is delivered when it is', async () => {
    write('a.yaml', `${stack('a')}configs: { c: { file: ./growing.log } }\n`)
    write('growing.log', '')
    follow(100, 500)
    await expect.poll(() => snapshots.length).toBe(1)
    const growing = setInterval(() => appendFileSync(join(folder, 'growing.log'), 'more\n'), 20)
    try {
      write('a.yaml', `${stack('a', 'b')}configs: { c: { file: ./growing.log } }\n`)
      await expect.poll(() => failures.length, { timeout: 10_000 }).toBe(1)
    } finally {
      clearInterval(growing)
    }
    expect(failures[0]).toMatchObject({ reason: 'FolderUnsettled', message: expect.stringContaining('growing.log') })
    await expect.poll(() => snapshots.length).toBe(2)
    expect(failures.length).toBe(1)
  })

  it('tells a broken file, and reads the others', async () => {
    write('a.yaml', stack('a'))
    write('b.yaml', 'metadata: { name: b')
    write('c.yaml', '')
    follow()
    await settled(['a'])
    expect(snapshots.at(-1)?.loaded.failures.map((one) => one.file)).toEqual([
      join(folder, 'b.yaml'),
      join(folder, 'c.yaml'),
    ])
  })

  it('follows a swapped link', async () => {
    const [one, two] = ['one', 'two'].map((name) => join(base, name)) as [string, string]
    mkdirSync(one)
    mkdirSync(two)
    writeFileSync(join(one, 'a.yaml'), stack('a'))
    writeFileSync(join(two, 'b.yaml'), stack('b'))
    rmSync(folder, { recursive: true })
    symlinkSync(one, folder)
    follow()
    await settled(['a'])
    symlinkSync(two, `${folder}.new`)
    renameSync(`${folder}.new`, folder)
    await settled(['b'])
    writeFileSync(join(two, 'c.yaml'), stack('c'))
    await settled(['b', 'c'])
  })

  it('tells that the folder is gone, and goes on when it is back', async () => {
    write('a.yaml', stack('a'))
    follow()
    await settled(['a'])
    renameSync(folder, `${folder}.away`)
    await expect.poll(() => failures.map((one) => one.reason), { timeout: 5000 }).toContain('FolderGone')
    renameSync(`${folder}.away`, folder)
    write('b.yaml', stack('b'))
    await settled(['a', 'b'])
  })

  it('may prune nothing while it is on another device', async () => {
    write('a.yaml', stack('a'))
    follow()
    await settled(['a'])
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
    try {
      await expect.poll(() => snapshots.at(-1)?.mayPrune, { timeout: 5000 }).toBe(false)
      write('b.yaml', stack('b'))
      await settled(['b'])
      expect(snapshots.at(-1)?.mayPrune).toBe(false)
    } finally {
      execFileSync('umount', [folder])
    }
    await settled(['a'])
    expect(snapshots.at(-1)?.mayPrune).toBe(true)
  })

  it('notices a changed config file and one that comes to be', async () => {
    write('a.yaml', `${stack('a').replace('containers', 'configs: { c: { file: ./sub/c.txt } }\ncontainers')}`)
    follow()
    await expect.poll(() => snapshots.at(-1)?.loaded.failures.length, { timeout: 5000 }).toBe(1)
    mkdirSync(join(folder, 'sub'))
    write('sub/c.txt', 'one')
    await settled(['a'])
    const before = snapshots.length
    write('sub/c.txt', 'two')
    await expect.poll(() => snapshots.length, { timeout: 5000 }).toBe(before + 1)
  })

  it('costs what its stacks cost, whatever else lies in it and wherever links lead', async () => {
    for (let count = 0; count < 300; count++) mkdirSync(join(folder, `data/${count % 7}/${count}`), { recursive: true })
    symlinkSync('.', join(folder, 'latest'))
    symlinkSync('..', join(folder, 'data/0/up'))
    symlinkSync('/usr/share', join(folder, 'share'))
    write('a.yaml', stack('a').replace('containers', 'configs: { c: { file: ./data/0/c.txt } }\ncontainers'))
    write('data/0/c.txt', 'one')
    const before = inotifyWatches()
    follow()
    await settled(['a'])
    // The folder, and the config's.
    expect(inotifyWatches() - before).toBe(2)
    const count = snapshots.length
    write('data/0/now', 'x')
    write('data/1/now', 'x')
    await delay(500)
    expect(snapshots).toHaveLength(count)
    write('data/0/c.txt', 'two')
    await expect.poll(() => snapshots.length, { timeout: 4000 }).toBe(count + 1)
  })

  it('follows the links that its files are', async () => {
    for (const [name, tag] of Object.entries({ '..one': 'one', '..two': 'two' })) {
      mkdirSync(join(folder, name))
      write(`${name}/a.yaml`, stack('a', tag))
    }
    symlinkSync('..one', join(folder, '..data'))
    symlinkSync('..data/a.yaml', join(folder, 'a.yaml'))
    follow()
    await settled(['a'])
    const before = snapshots.length
    symlinkSync('..two', join(folder, '..new'))
    renameSync(join(folder, '..new'), join(folder, '..data'))
    await expect.poll(() => snapshots.length, { timeout: 4000 }).toBe(before + 1)
    write('..two/a.yaml', stack('a', 'three'))
    await expect.poll(() => snapshots.length, { timeout: 4000 }).toBe(before + 2)
  })

  it('takes names in capitals, byte order marks and the line ends of Windows', async () => {
    write('UPPER.YAML', `\ufeff${stack('upper').replaceAll('\n', '\r\n')}`)
    write('Mixed.Yml', stack('mixed'))
    follow()
    await settled(['mixed', 'upper'])
  })
})

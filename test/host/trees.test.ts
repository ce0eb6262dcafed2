import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Headers, pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packTree } from '../../src/host/local/files/trees/pack-tree.ts'
import { locate } from '../../src/host/local/files/trees/pinned-folder.ts'
import { statInRoot } from '../../src/host/local/files/trees/stat-in-root.ts'
import { unpackTree } from '../../src/host/local/files/trees/unpack-tree.ts'

let base = ''
let root = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hp-trees-'))
  root = join(base, 'root')
  for (const folder of ['root/etc', 'root/srv', 'outside']) mkdirSync(join(base, folder), { recursive: true })
  writeFileSync(join(base, 'outside/secret'), 'outside')
  writeFileSync(join(root, 'etc/name'), 'inside')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const inRoot = (path: string): string => join(root, path)
const textAt = (path: string): string => readFileSync(inRoot(path), 'utf8')

describe('locate', () => {
  const read = (path: string, followsLast = true): string => {
    const place = locate(root, path, { followsLast })
    try {
      return readFileSync(place.folder.at(place.name), 'utf8')
    } finally {
      place.close()
    }
  }
  it.each(['/etc/name', 'etc/./name', '/../../../etc/name', '/srv/../etc/name', '/etc/../../etc/name'])(
    '%s stays inside',
    (path) => expect(read(path)).toBe('inside'),
  )
  it.each([
    ['an absolute link', '/etc/name'],
    ['a relative link that goes above the root', '../../../../../etc/name'],
  ])('%s starts at the root', (_, target) => {
    symlinkSync(target, inRoot('link'))
    expect(read('/link')).toBe('inside')
  })
  it('does not follow a link to the outside', () => {
    symlinkSync(join(base, 'outside'), inRoot('out'))
    expect(() => read('/out/secret')).toThrow(/ENOENT/)
    expect(statInRoot(root, '/out/secret')).toBeUndefined()
  })
  it('refuses a circle of links', () => {
    symlinkSync('b', inRoot('a'))
    symlinkSync('a', inRoot('b'))
    expect(() => read('/a')).toThrow('too many links')
  })
  it('keeps a folder that is exchanged for a link meanwhile', () => {
    const place = locate(root, '/etc/name')
    rmSync(inRoot('etc'), { recursive: true })
    symlinkSync(join(base, 'outside'), inRoot('etc'))
    expect(existsSync(place.folder.at('secret'))).toBe(false)
    expect(() => place.folder.child('..x')).toThrow()
    place.close()
  })
})

describe('packTree and unpackTree', () => {
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

  it('copy files, modes, times, links and empty folders', async () => {
    mkdirSync(inRoot('srv/site/empty'), { recursive: true })
    writeFileSync(inRoot('srv/site/run.sh'), 'x'.repeat(200_000))
    chmodSync(inRoot('srv/site/run.sh'), 0o750)
    symlinkSync('/etc/name', inRoot('srv/site/link'))
    await unpackTree(root, '/etc', packTree(root, '/srv/site', { name: 'copy' }), { owner })
    expect(textAt('etc/copy/run.sh')).toBe('x'.repeat(200_000))
    expect(statSync(inRoot('etc/copy/run.sh')).mode & 0o7777).toBe(0o750)
    const [from, to] = ['srv/site', 'etc/copy'].map((path) =>
      Math.floor(statSync(inRoot(`${path}/run.sh`)).mtimeMs / 1000),
    )
    expect(to).toBe(from)
    expect(readlinkSync(inRoot('etc/copy/link'))).toBe('/etc/name')
    expect(statSync(inRoot('etc/copy/empty')).isDirectory()).toBe(true)
  })

  it('copy the contents of a folder, and replace a file but no folder', async () => {
    writeFileSync(inRoot('srv/name'), 'new')
    await unpackTree(root, '/etc', packTree(root, '/srv', { name: '.' }), { owner })
    expect(textAt('etc/name')).toBe('new')
    rmSync(inRoot('etc/name'))
    mkdirSync(inRoot('etc/name'))
    await expect(unpackTree(root, '/etc', packTree(root, '/srv', { name: '.' }), { owner })).rejects.toThrow(/EISDIR/)
  })

  it('drop set-user-ID bits with the owner', async () => {
    chmodSync(inRoot('etc/name'), 0o4755)
    await unpackTree(root, '/srv', packTree(root, '/etc/name', { name: 'a' }), { owner })
    await unpackTree(root, '/srv', packTree(root, '/etc/name', { name: 'b' }), { owner: undefined })
    expect(['a', 'b'].map((name) => statSync(inRoot(`srv/${name}`)).mode & 0o7777)).toEqual([0o755, 0o4755])
  })

  it('leave out pipes, without waiting for them', async () => {
    const { execFileSync } = await import('node:child_process')
    execFileSync('mkfifo', [inRoot('etc/pipe')])
    const left: string[] = []
    const archive = packTree(root, '/etc', { name: 'e', onLeftOut: (name, kind) => left.push(`${name} ${kind}`) })
    await unpackTree(root, '/srv', archive, { owner })
    expect(left).toEqual(['e/pipe fifo'])
    expect(textAt('srv/e/name')).toBe('inside')
  })

  it('need an existing folder', async () =>
    expect(unpackTree(root, '/etc/name', packTree(root, '/etc', { name: 'e' }), { owner })).rejects.toThrow(/ENOTDIR/))
})

describe('an archive of someone else', () => {
  type Entry = Headers & { readonly text?: string }
  async function unpackEntries(...entries: readonly Entry[]): Promise<void> {
    const archive = pack()
    for (const { text, ...header } of entries) archive.entry(header).end(text ?? '')
    archive.finalize()
    await unpackTree(root, '/srv', archive, { owner: undefined })
  }
  const file = (name: string, text = 'evil'): Entry => ({ name, text, size: text.length, type: 'file' })
  const outside = (): string => readFileSync(join(base, 'outside/secret'), 'utf8')

  it('cannot name a path above its folder', async () => {
    await expect(unpackEntries(file('../../outside/secret'))).rejects.toThrow('has the path')
    expect(outside()).toBe('outside')
  })
  it('has absolute paths inside its folder', async () => {
    await unpackEntries(file('/etc/name'))
    expect(textAt('srv/etc/name')).toBe('evil')
    expect(textAt('etc/name')).toBe('inside')
  })
  it('cannot write through a link to the outside', async () => {
    const link: Entry = { name: 'out', type: 'symlink', linkname: join(base, 'outside') }
    await unpackEntries(link, file('out/secret')).catch(() => undefined)
    await unpackEntries({ ...link, name: 'up', linkname: '../../outside' }, file('up/secret')).catch(() => undefined)
    expect(outside()).toBe('outside')
  })
  it('replaces a link in place of a file instead of writing through it', async () => {
    symlinkSync('/etc/name', inRoot('srv/name'))
    await unpackEntries(file('name'))
    expect(textAt('etc/name')).toBe('inside')
    expect(lstatSync(inRoot('srv/name')).isFile()).toBe(true)
  })
  it('cannot make a hard link to a file above its folder', async () => {
    const link: Entry = { name: 'hard', type: 'link', linkname: '../../outside/secret' }
    await expect(unpackEntries(link)).rejects.toThrow('has the path')
    await unpackEntries(file('one'), { ...link, linkname: 'one' })
    expect(textAt('srv/hard')).toBe('evil')
    linkSync(inRoot('srv/hard'), inRoot('srv/again'))
  })
  it.each(['character-device', 'block-device', 'fifo'] as const)('cannot make a %s', async (type) =>
    expect(unpackEntries({ name: 'node', type })).rejects.toThrow('neither a file nor a folder nor a link'),
  )
})

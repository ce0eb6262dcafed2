import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../src/host/files/paths.ts'
import { LocalReader } from '../../src/host/local.ts'
import { readContext } from '../../src/providers/contexts.ts'
import { damagedBlob, isBlob } from '../../src/providers/linux/image/archive-blobs.ts'
import { type ArchiveEntry, listOptions, parseEntry } from '../../src/providers/linux/image/archive-entries.ts'

const folder = mkdtempSync('/tmp/hp-blobs-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const digest = (content: string | Buffer, algorithm = 'sha256'): string =>
  createHash(algorithm).update(content).digest('hex')
const [large, small] = [Buffer.alloc(300_000, 'layer'), 'config']
const blobs = {
  large: `sha256/${digest(large)}`,
  small: `sha512/${digest(small, 'sha512')}`,
  none: `sha256/${digest('')}`,
}

/** The blobs of an archive, as `tar` lists them, and which of them is damaged. */
async function look(contents: Readonly<Record<string, string | Buffer>>, change = (archive: Buffer) => archive) {
  const root = mkdtempSync(join(folder, 'root-'))
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(join(root, 'blobs/sha256'), { recursive: true })
    mkdirSync(join(root, 'blobs/sha512'), { recursive: true })
    writeFileSync(join(root, 'blobs', name), content)
  }
  const path = join(root, 'image.tar')
  const names = Object.keys(contents).map((name) => `./blobs/${name}`)
  writeFileSync(path, change(execFileSync('tar', ['-c', '-C', root, ...names])))
  const listed = execFileSync('tar', [...listOptions, '-f', path], { encoding: 'latin1' })
    .trim()
    .split('\n')
  const entries = listed.map(parseEntry).filter((entry): entry is ArchiveEntry => entry !== undefined)
  expect(entries.filter(isBlob)).toHaveLength(names.length)
  return damagedBlob(readContext(new LocalReader(), instancePaths({})), path, entries.filter(isBlob))
}

describe('the blobs of an archived image', () => {
  const whole = { [blobs.large]: large, [blobs.none]: '', [blobs.small]: small }

  it('are well when each has the content that its name says, packed or not', async () => {
    expect(await look(whole)).toBeUndefined()
    expect(await look(whole, (archive) => gzipSync(archive))).toBeUndefined()
  })

  it('are damaged when one has another content, or none', async () => {
    expect(await look({ ...whole, [blobs.small]: 'c0nfig' })).toBe(`blobs/${blobs.small}`)
    expect(await look({ ...whole, [blobs.small]: '' })).toBe(`blobs/${blobs.small}`)
    expect(await look({ ...whole, [blobs.none]: 'x' })).toBe(`blobs/${blobs.none}`)
    const flipped = Buffer.from(large)
    flipped[200_000] = 0
    expect(await look({ ...whole, [blobs.large]: flipped })).toBe(`blobs/${blobs.large}`)
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instanceFolders } from '../../src/host/files/base-folders.ts'
import { LocalReader } from '../../src/host/local/reader.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { linesSince, recentOutput } from '../../src/providers/linux/container/operations/recent-output.ts'
import { fieldOf } from '../../src/providers/linux/container/operations/usage.ts'

const web = resourceAddress('shop', 'container', 'web')
let base: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'heropods-output-'))
})
afterEach(() => rmSync(base, { recursive: true }))

const line = (number: number): string =>
  `2026-11-27T10:00:00.000000000+00:00 stdout F line ${number} ${'x'.repeat(50)}\n`

describe('the newest output of a container', () => {
  it('is the end of its log, across a rotation, without a line that is cut', async () => {
    const paths = instanceFolders({ HEROPODS_DIR: base, HEROPODS_RUN_DIR: `${base}/run` })
    const log = join(paths.data, 'containers/shop/web/log/container.log')
    mkdirSync(dirname(log), { recursive: true })
    writeFileSync(`${log}.1`, Array.from({ length: 5000 }, (_, position) => line(position)).join(''))
    writeFileSync(log, line(5000))
    const { log: found, check } = await recentOutput({ host: new LocalReader(), paths }, web, 3)
    expect(found.map(({ bytes }) => bytes.toString().split(' x')[0])).toEqual(['line 4998', 'line 4999', 'line 5000'])
    expect(check).toBeUndefined()
    const { log: all } = await recentOutput({ host: new LocalReader(), paths }, web, 10_000)
    expect(all.length).toBeLessThan(1000)
    expect(all.every(({ bytes }) => /^line \d+ x{50}$/.test(bytes.toString()))).toBe(true)
  })

  it('is only of the last run where its start is known', () => {
    const lines = ['2026-11-27T10:00:01.5+00:00', '2026-11-27T10:00:03.5+00:00'].map((time) => ({ time }))
    expect(linesSince(lines, '2026-11-27T10:00:03.499Z')).toEqual(lines.slice(1))
    expect(linesSince(lines, '2026-11-27T10:00:04.000Z')).toEqual([])
    expect(linesSince(lines, undefined)).toEqual(lines)
  })

  it('finds a number in a file of the kernel', () => {
    expect(fieldOf('usage_usec 12\nuser_usec 3\n', 'usage_usec')).toBe(12)
    expect(fieldOf('usage_usec 12\nuser_usec 3\n', 'user_usec')).toBe(3)
    expect(fieldOf('anon 1\n', 'inactive_file')).toBe(0)
  })
})

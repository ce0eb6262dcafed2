import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from '../../src/host/local/files/make-folder.ts'

it('makes folders with common parents at the same time', async () => {
  const base = mkdtempSync('/tmp/hp-folders-')
  try {
    for (let round = 0; round < 50; round += 1) {
      const paths = Array.from({ length: 8 }, (_, index) =>
        join(base, String(round), 'images', `one-${index}`, 'rootfs'),
      )
      await Promise.all(paths.map((path) => makeFolder(path, 0o700)))
      for (const path of paths) expect(statSync(path).isDirectory()).toBe(true)
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})

it('ends where the kernel lets nobody make folders', async () => {
  await expect(makeFolder('/proc/none/below', 0o700)).rejects.toMatchObject({ code: 'ENOENT' })
})

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { instancePaths } from '../../src/host/files/paths.ts'
import { LocalHost } from '../../src/host/local.ts'
import { rootfsOf, unpack } from '../../src/providers/linux/image/store.ts'

it('an image that two stacks of one run unpack keeps the files that were first in place', async () => {
  const base = mkdtempSync(join(tmpdir(), 'hp-unit-'))
  try {
    const paths = instancePaths({ HEROPODS_DIR: join(base, 'data'), HEROPODS_RUN_DIR: join(base, 'run') })
    const write = { host: new LocalHost(), paths }
    const digest = `sha256:${'a'.repeat(64)}`
    let finish: () => void = () => undefined
    const late = unpack(write, digest, async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return {}
    })
    await unpack(write, digest, async () => ({}))
    const inode = (): number => statSync(rootfsOf(paths, digest)).ino
    const first = inode()
    finish()
    await late
    expect(inode()).toBe(first)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})

import { describe, expect, it } from 'vitest'
import { ensureKey, readKey, repairKey, storeKey } from '../../src/host/files/key.ts'
import { RecordingHost } from './recording-host.ts'
import { paths } from './write-context.ts'

const path = `${paths.data}/key`

describe('the key of an instance', () => {
  it('is made at the first use, for root alone, and stays', async () => {
    const host = new RecordingHost()
    expect(await readKey(host, paths)).toBeUndefined()
    const key = await ensureKey(host, paths)
    expect(key).toHaveLength(32)
    expect(await host.stat(path)).toMatchObject({ mode: 0o600 })
    expect(await ensureKey(host, paths)).toEqual(key)
    await storeKey(host, paths, Buffer.alloc(32))
    expect(await readKey(host, paths)).toEqual(key)
  })

  it('that is damaged is not replaced, only set aside by a repair', async () => {
    const host = new RecordingHost()
    host.files.set(path, { content: Buffer.from('short') })
    await expect(ensureKey(host, paths)).rejects.toMatchObject({ diagnostics: [{ code: 'record-damaged' }] })
    expect(await repairKey(host, paths)).toBe(path)
    expect(host.effects).toEqual([expect.stringMatching(/^rename \S+\/key -> \S+\/key\.damaged-/)])
    expect([await repairKey(host, paths), host.damage.size]).toEqual([undefined, 0])
    expect(await ensureKey(host, paths)).toHaveLength(32)
  })
})

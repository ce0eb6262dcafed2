import { describe, expect, it } from 'vitest'
import { readHolder } from '../../src/host/lock.ts'
import { RecordingHost } from './recording-host.ts'

const path = '/data/lock'
const holder = { pid: 1000, user: 'root', command: 'heropods apply', since: '2026-11-27T00:00:00.000Z' }

describe('the record of who holds a lock', () => {
  it('is written after the lock is held, and removed before it is released', async () => {
    const host = new RecordingHost()
    const lock = await host.locks.acquire(path, { holder, timeoutMs: 0 })
    expect(await readHolder(host, path)).toEqual(holder)
    expect(await host.isLocked(path)).toBe(true)
    await lock.release()
    expect(host.effects).toEqual([`write ${path}.holder`, `remove ${path}.holder`])
    expect(await host.isLocked(path)).toBe(false)
  })

  it('that is still there says that the holder was killed', async () => {
    const host = new RecordingHost()
    await host.locks.acquire(path, { holder, timeoutMs: 0 })
    const next = new RecordingHost()
    next.files.set(`${path}.holder`, { content: Buffer.from(JSON.stringify(holder)) })
    expect((await next.locks.acquire(path, { holder, timeoutMs: 0 })).afterKill).toBe(true)
  })

  it('does not have to be written for the lock to be held, as on a full disk', async () => {
    const host = new RecordingHost()
    host.stopAt = 1
    await host.locks.acquire(path, { holder, timeoutMs: 0 })
    expect(await host.isLocked(path)).toBe(true)
    expect(await readHolder(host, path)).toBeUndefined()
  })

  it('is shared by the runs of one process, and removed by the last of them', async () => {
    const host = new RecordingHost()
    const first = await host.locks.acquire(path, { holder, timeoutMs: 0 })
    const second = await host.locks.acquire(path, { holder: { ...holder, command: 'other' }, timeoutMs: 0 })
    expect(second.descriptor).toBe(first.descriptor)
    await first.release()
    expect(await host.isLocked(path)).toBe(true)
    await second.release()
    expect(await host.isLocked(path)).toBe(false)
  })
})

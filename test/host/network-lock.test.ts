import { beforeEach, describe, expect, it } from 'vitest'
import { NetworkLock } from '../../src/host/network-lock.ts'
import { RecordingHost } from './recording-host.ts'

const holder = { pid: 1000, user: 'root', command: 'heropods apply', since: '2026-11-27T00:00:00.000Z' }

let host: RecordingHost
beforeEach(() => {
  host = new RecordingHost()
  host.files.set('/proc/self/ns/net', {})
})

const path = (): string => `/run/heropods-host/net-${host.files.get('/proc/self/ns/net')?.inode}`

describe('the lock of a network namespace', () => {
  it('is a file that is named by the namespace, names the holder, and goes with the lock', async () => {
    const lock = new NetworkLock(host, holder)
    expect(await lock.tryAcquire()).toBe(true)
    expect(JSON.parse((await host.readFile(path())) ?? '')).toEqual(holder)
    expect([lock.held, lock.descriptor === undefined]).toEqual([true, false])
    await lock.release()
    expect([lock.held, lock.descriptor]).toEqual([false, undefined])
    expect(host.files.names('/run/heropods-host')).toEqual([])
  })

  it('is not taken twice, by one run it is kept', async () => {
    const [first, second] = [new NetworkLock(host, holder), new NetworkLock(host, holder)]
    expect(await first.tryAcquire()).toBe(true)
    expect(await first.tryAcquire()).toBe(true)
    expect(await second.tryAcquire()).toBe(false)
    await expect(second.acquire()).rejects.toMatchObject({
      diagnostics: [{ code: 'host-busy', message: expect.stringContaining('`heropods apply` of root (pid 1000)') }],
    })
    await first.release()
    expect(await second.tryAcquire()).toBe(true)
  })

  it('needs a folder that only root can write', async () => {
    host.files.set('/run/heropods-host', { kind: 'folder', mode: 0o777 })
    await expect(new NetworkLock(host, holder).tryAcquire()).rejects.toMatchObject({
      diagnostics: [{ code: 'host-lock' }],
    })
    host.files.set('/run/heropods-host', { kind: 'folder', mode: 0o700, uid: 1000 })
    await expect(new NetworkLock(host, holder).tryAcquire()).rejects.toMatchObject({
      diagnostics: [{ code: 'host-lock' }],
    })
  })
})

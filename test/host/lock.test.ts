import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'
import { lockHeldError } from '../../src/host/lock.ts'

const host = new LocalHost()
const folder = mkdtempSync(join(tmpdir(), 'heropods-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

const holder = (pid: number) => ({ pid, user: 'root', command: 'heropods apply', since: '2026-11-27T00:00:00.000Z' })
/** No process can have it: it is above the highest pid_max of Linux. */
const nobody = 4_194_305

/** Another program takes the lock and keeps it until its input ends. */
async function taken(path: string, pid: number): Promise<{ letGo(): void }> {
  writeFileSync(`${path}.holder`, JSON.stringify(holder(pid)))
  const program = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo taken; read line'])
  await new Promise((resolve) => program.stdout.once('data', resolve))
  return { letGo: () => program.stdin.end() }
}

describe('the lock of an instance', () => {
  it('waits for the programs that a killed run has started', async () => {
    const path = join(folder, 'killed')
    const other = await taken(path, nobody)
    const lock = host.locks.acquire(path, { holder: holder(process.pid), timeoutMs: 0 })
    const soon = new Promise((resolve) => setTimeout(() => resolve('not yet'), 300))
    expect(await Promise.race([lock, soon])).toBe('not yet')
    other.letGo()
    expect((await lock).afterKill).toBe(true)
    await (await lock).release()
    const next = await host.locks.acquire(path, { holder: holder(process.pid), timeoutMs: 0 })
    expect(next.afterKill).toBe(false)
    await next.release()
  })

  it('ends the wait when its caller gives up', async () => {
    const path = join(folder, 'given-up')
    const other = await taken(path, process.pid)
    const giving = new AbortController()
    const lock = host.locks.acquire(path, { holder: holder(process.pid), timeoutMs: 60_000, signal: giving.signal })
    giving.abort()
    await expect(lock).rejects.toMatchObject({ diagnostics: [{ code: 'interrupted' }] })
    other.letGo()
  })

  it('refuses at once while the run that holds it lives', async () => {
    const path = join(folder, 'lives')
    const other = await taken(path, process.pid)
    await expect(host.locks.acquire(path, { holder: holder(process.pid), timeoutMs: 0 })).rejects.toMatchObject({
      diagnostics: [{ code: 'lock-held' }],
    })
    other.letGo()
  })

  it('says of a killed run that a program of it is still at work', async () => {
    expect((await lockHeldError(host, holder(nobody))).message).toContain('A run was killed')
    expect((await lockHeldError(host, holder(process.pid))).message).toContain('Another run holds this instance')
  })
})

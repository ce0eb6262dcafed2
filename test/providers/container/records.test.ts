import { describe, expect, it } from 'vitest'
import { healthLogOf } from '../../../src/providers/linux/container/health/log.ts'
import {
  forgetHealth,
  recordedLog,
  withCheck,
  writeHealth,
} from '../../../src/providers/linux/container/health/record.ts'
import { unchecked } from '../../../src/providers/linux/container/health/state.ts'
import { healthLayout } from '../../../src/providers/linux/container/layout.ts'
import { readRecord, writeRecord } from '../../../src/providers/linux/container/record.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'
import { id, layout, web } from './scene.ts'

const record = { owner: web, spec: containerSpec(), run: 3, stopped: false }

describe('records of a container', () => {
  it('are read as they were written, and only root can read them', async () => {
    const host = new RecordingHost()
    await writeRecord(writeContext(host), record)
    expect(await readRecord(host, paths, web)).toEqual(record)
    expect(await host.stat(layout.record)).toMatchObject({ mode: 0o600, uid: 0, gid: 0 })
  })

  it('are written in one step, so that no reader finds half of one', async () => {
    const host = new RecordingHost()
    await writeRecord(writeContext(host), record)
    const before = await host.stat(layout.record)
    await writeRecord(writeContext(host), { ...record, run: 4 })
    expect(host.effects).toEqual([`write ${layout.record}`, `write ${layout.record}`])
    expect((await host.stat(layout.record))?.inode).not.toBe(before?.inode)
  })

  it('that are damaged count as absent, and are named until they are usable again', async () => {
    const host = new RecordingHost()
    host.files.set(layout.record, { content: Buffer.from('{"owner": 1}') })
    expect(await readRecord(host, paths, web)).toBeUndefined()
    expect([...host.damage.keys()]).toEqual([layout.record])
    await writeRecord(writeContext(host), record)
    await readRecord(host, paths, web)
    expect([...host.damage]).toEqual([])
  })
})

describe('the health record of a run', () => {
  const health = { ...unchecked, output: 'secret', durationMs: 5 }

  it('is for root alone and goes without the rest of the run', async () => {
    const host = new RecordingHost()
    await writeHealth(writeContext(host), id, health)
    const { record: path } = healthLayout(paths, id)
    expect(await host.stat(path)).toMatchObject({ mode: 0o600 })
    expect(JSON.parse((await host.readFile(path)) ?? '')).toEqual(health)
    await forgetHealth(writeContext(host), id)
    expect(host.effects).toEqual([`write ${path}`, `remove ${path}`])
    expect(await host.readDir(healthLayout(paths, id).folder)).toEqual([])
  })

  const check = (position: number) => ({
    ok: false,
    exitCode: 1,
    output: `no ${position}`,
    startedAt: position,
    endedAt: position + 20,
  })
  const log = [1, 2, 3, 4, 5, 6, 7].reduce<ReturnType<typeof withCheck>>(
    (all, position) => withCheck(all, check(position)),
    [],
  )

  it('has the last five checks, the newest last', async () => {
    expect(log.map(({ output, durationMs }) => [output, durationMs])).toEqual(
      [3, 4, 5, 6, 7].map((position) => [`no ${position}`, 20]),
    )
    const host = new RecordingHost()
    await writeHealth(writeContext(host), id, { ...health, log })
    expect(await recordedLog(writeContext(host), id)).toEqual(log)
  })

  it('of an earlier version has no log', async () => {
    const host = new RecordingHost()
    await writeHealth(writeContext(host), id, health)
    expect(await recordedLog(writeContext(host), id)).toEqual([])
    await writeRecord(writeContext(host), record)
    expect(await healthLogOf(writeContext(host), web, id)).toBeUndefined()
  })

  it('is shown with times and exit codes; a check that is not a command has none', async () => {
    const host = new RecordingHost()
    await writeRecord(writeContext(host), record)
    const checks = [
      { ok: true, output: '', endedAt: 1000, durationMs: 2 },
      { ok: false, exitCode: 7, output: 'no answer', endedAt: 3000, durationMs: 4 },
    ]
    await writeHealth(writeContext(host), id, { ...health, log: checks })
    expect(await healthLogOf(writeContext(host), web, id)).toEqual([
      { checkedAt: '1970-01-01T00:00:01.000Z', durationMs: 2, ok: true, exitCode: null, output: '' },
      { checkedAt: '1970-01-01T00:00:03.000Z', durationMs: 4, ok: false, exitCode: 7, output: 'no answer' },
    ])
  })
})

import { expect, it } from 'vitest'
import {
  readNotRestarted,
  readRecord,
  readRunning,
  writeNotRestarted,
  writeRecord,
  writeRunning,
} from '../../src/providers/linux/container/record.ts'
import { RecordingHost } from '../host/recording-host.ts'
import { containerSpec } from '../specs.ts'

const paths = { instance: 'default', id: '0a1b2c3d', data: '/data', run: '/run' }
const at = 's/container/web'

it('records call the number of a run as older versions do, and are read with its name of now', async () => {
  const host = new RecordingHost()
  const write = { host, paths }
  const record = { owner: at, spec: containerSpec(), run: 3, stopped: false } as const
  await writeRecord(write, record)
  expect(await host.readFile('/data/containers/s/web/spec.json')).toBe(
    JSON.stringify({ owner: at, spec: containerSpec(), incarnation: 3, stopped: false }),
  )
  expect(await readRecord(host, paths, at)).toEqual(record)

  const process = { pid: 7, startTime: 70 }
  const times = { startedAt: '2026-01-01T00:00:00.000Z', restarts: 0, held: false, stamps: [] }
  const running = { id: 's_web-3', run: 3, process, conmon: undefined, ...times }
  await writeRunning(write, at, running)
  expect(await host.readFile('/run/containers/s/web/running.json')).toBe(
    JSON.stringify({ id: 's_web-3', incarnation: 3, process, ...times }),
  )
  expect(await readRunning(host, paths, at)).toEqual({ id: 's_web-3', run: 3, process, ...times })

  await writeNotRestarted(write, at, { run: 3, message: 'no image' })
  expect(await host.readFile('/run/containers/s/web/not-restarted.json')).toBe('{"incarnation":3,"message":"no image"}')
  expect(await readNotRestarted(host, paths, at)).toEqual({ run: 3, message: 'no image' })
})

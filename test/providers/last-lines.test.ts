import { expect, it } from 'vitest'
import { containerLayout } from '../../src/providers/linux/container/layout.ts'
import { lastLines } from '../../src/providers/linux/container/process/logs.ts'
import { RecordingHost } from '../host/recording-host.ts'

it('the output of a run begins with its start: lines of earlier runs are left out', async () => {
  const host = new RecordingHost()
  const paths = { instance: 'default', id: '00000000', data: '/data', run: '/run/heropods' }
  const container = 's/container/web'
  await host.writeFile(
    containerLayout(paths, container).log,
    [
      '2026-11-28T09:00:00.000000000+00:00 stderr F of an earlier run',
      '2026-11-28T10:00:00.500000000+01:00 stdout F also earlier, in another time zone',
      '2026-11-28T09:30:00.250000000+00:00 stdout F first',
      '2026-11-28T09:30:01.000000000+00:00 stderr F second',
    ].join('\n'),
  )
  const startedAt = Date.parse('2026-11-28T09:30:00.250Z')
  expect(await lastLines({ host, paths }, container, 10, startedAt)).toEqual(['first', 'second'])
  expect(await lastLines({ host, paths }, container, 1, startedAt)).toEqual(['second'])
  expect(await lastLines({ host, paths }, container, 10, startedAt + 60_000)).toEqual([])
})

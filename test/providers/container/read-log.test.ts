import { expect, it } from 'vitest'
import { readLog } from '../../../src/providers/linux/container/operations/log.ts'
import type { LogLine } from '../../../src/providers/operations.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { writeContext } from '../../host/write-context.ts'
import { layout, web } from './scene.ts'

const line = (text: string): string => `2026-11-27T20:00:00.000000000+00:00 stdout F ${text}\n`
const texts = (lines: readonly LogLine[]): readonly string[] => lines.map(({ bytes }) => bytes.toString().trimEnd())

it('follows a log until it is aborted, and returns the lines that were written until then', async () => {
  const host = new RecordingHost()
  host.files.set(layout.log, { content: Buffer.from(line('first')) })
  const aborting = new AbortController()
  // As while another command starts the container: without an abort it would be followed for ever.
  const source = { read: () => writeContext(host), isLocked: async () => true, follow: true, signal: aborting.signal }
  const log = readLog(web, source)
  expect(texts((await log.next()).value ?? [])).toEqual(['first'])
  host.files.set(layout.log, { content: Buffer.from(line('first') + line('second')) }, true)
  aborting.abort()
  const rest: string[] = []
  for await (const lines of log) rest.push(...texts(lines))
  expect(rest).toEqual(['second'])
})

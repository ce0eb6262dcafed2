import { expect, it } from 'vitest'
import { LogReader } from '../../src/providers/linux/container/process/logs.ts'

const read = (...chunks: readonly Buffer[]): readonly string[] => {
  const reader = new LogReader()
  const lines = [...chunks.flatMap((chunk) => reader.push(chunk.toString('latin1'))), ...reader.end()]
  return lines.map(({ stream, bytes }) => `${stream} ${bytes.toString('hex')}`)
}
const record = (tag: 'F' | 'P', bytes: Buffer, stream = 'stdout'): Buffer =>
  Buffer.concat([Buffer.from(`2026-11-27T07:00:00.000000001+00:00 ${stream} ${tag} `), bytes, Buffer.from('\n')])

it('parts of a line are put together, where they were cut inside a character and read in pieces too', () => {
  const text = Buffer.from('aä€😀')
  const hex = `stdout ${text.toString('hex')}`
  for (let cut = 1; cut < text.length; cut += 1) {
    const log = Buffer.concat([record('P', text.subarray(0, cut)), record('F', text.subarray(cut))])
    expect(read(log)).toEqual([hex])
    for (let position = 0; position < log.length; position += 7)
      expect(read(log.subarray(0, position), log.subarray(position))).toEqual([hex])
  }
})

it('streams do not mix, bytes of no encoding are kept, and what was not ended is told at the end', () => {
  const odd = Buffer.from([0x80, 0xff, 0x00, 0x0d])
  expect(
    read(
      record('P', odd),
      record('F', Buffer.from('e'), 'stderr'),
      record('F', odd),
      record('P', Buffer.from('open')),
      record('F', Buffer.alloc(0), 'stderr'),
    ),
  ).toEqual(['stderr 65', 'stdout 80ff000d80ff000d', 'stderr ', 'stdout 6f70656e'])
})

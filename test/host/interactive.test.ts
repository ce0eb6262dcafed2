import { tmpdir } from 'node:os'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'

/** Occupies this process, so that it neither reads output nor notes exits. */
const occupy = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

const run = (script: string, stdout: Writable): Promise<number> =>
  new LocalHost().interactive({
    program: 'sh',
    args: ['-c', script],
    env: {},
    data: '',
    folder: tmpdir(),
    stdin: false,
    terminal: false,
    streams: { stdin: undefined, stdout, stderr: new Writable({ write: (_chunk, _encoding, done) => done() }) },
  })

it('output is complete if the process was busy when the program ended', async () => {
  let output = ''
  const collected = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString()
      done()
    },
  })
  // The exit of the second program is noted with that of the first one, before its output is read.
  const busy = new Writable({
    write: (_chunk, _encoding, done) => {
      occupy(500)
      setImmediate(() => occupy(200))
      done()
    },
  })
  const ends = [run('echo first', busy), run('sleep 0.3; echo second', collected)]
  occupy(200)
  expect(await Promise.all(ends)).toEqual([0, 0])
  expect(output).toBe('second\n')
})

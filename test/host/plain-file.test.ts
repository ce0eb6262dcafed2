import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { FileFault, readPlainFile, readPlainText } from '../../src/host/files/plain-file.ts'

const folder = mkdtempSync('/tmp/hp-plain-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const faultOf = (path: string, most = 1024): FileFault => {
  try {
    readPlainFile(path, most)
  } catch (error) {
    if (error instanceof FileFault) return error
    throw error
  }
  throw new Error(`${path} was read`)
}

it('a regular file is read, through links too', () => {
  writeFileSync(at('plain'), 'text')
  symlinkSync('plain', at('link'))
  expect(readPlainFile(at('plain'), 4).toString()).toBe('text')
  expect(readPlainText(at('link'), 1024)).toBe('text')
  writeFileSync(at('empty'), '')
  expect(readPlainFile(at('empty'), 0).length).toBe(0)
})

it('what is not a regular file is not read, and nobody is waited for', async () => {
  execFileSync('mkfifo', [at('pipe')])
  symlinkSync('pipe', at('to-pipe'))
  mkdirSync(at('sub'))
  const server = createServer().listen(at('socket'))
  const expected: Readonly<Record<string, RegExp>> = {
    [at('pipe')]: /is a named pipe, not a regular file/,
    [at('to-pipe')]: /is a named pipe/,
    [at('sub')]: /is a folder/,
    [at('socket')]: /is a socket/,
    '/dev/zero': /is a device/,
    '/dev/stdin': /is a|there is no file|of the kernel/,
    '/proc/kmsg': /is a file that the kernel generates/,
    '/proc/self/status': /is a file that the kernel generates/,
    '/sys/kernel/uevent_seqnum': /is a file that the kernel generates/,
  }
  for (const [path, message] of Object.entries(expected)) {
    expect(faultOf(path).message).toMatch(message)
    if (path !== '/dev/stdin') expect(faultOf(path).reason).toBe('unreadable')
  }
  await new Promise((done) => server.close(done))
})

it('a file that is too large is not read, whatever it says of its size', () => {
  writeFileSync(at('large'), '')
  truncateSync(at('large'), 2 ** 40)
  expect(faultOf(at('large'), 2 ** 20).message).toMatch(/is larger than 1 MiB/)
  writeFileSync(at('exact'), Buffer.alloc(1024))
  expect(readPlainFile(at('exact'), 1024).length).toBe(1024)
  expect(faultOf(at('exact'), 1023).message).toMatch(/is larger than/)
})

it('what is absent is told apart from what cannot be read', () => {
  symlinkSync('loop', at('loop'))
  expect(faultOf(at('nothing')).reason).toBe('absent')
  expect(faultOf(join(at('plain'), 'below')).reason).toBe('absent')
  expect(faultOf(at('loop')).message).toMatch(/cannot be read \(ELOOP\)/)
  expect(faultOf(at('a'.repeat(300))).message).toMatch(/cannot be read \(ENAMETOOLONG\)/)
})

it('text is in UTF-8, with or without a mark of the byte order', () => {
  writeFileSync(at('bom'), '\ufeffgröße')
  expect(readPlainText(at('bom'), 1024)).toBe('größe')
  writeFileSync(at('latin'), Buffer.from('größe', 'latin1'))
  expect(() => readPlainText(at('latin'), 1024)).toThrow('is not text in UTF-8')
})

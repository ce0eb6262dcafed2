import { describe, expect, it } from 'vitest'
import { parseLoginUid } from '../../src/host/local/processes/caller.ts'

describe('who logged in, as the kernel says it', () => {
  it.each([
    ['1000', 1000],
    ['1000\n', 1000],
    ['0', 0],
    ['4294967294', 4294967294],
    // A login of nobody: services, and what the kernel started.
    ['4294967295', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['0x3e8', undefined],
    ['99999999999', undefined],
    ['root', undefined],
  ])('%j is %j', (text, uid) => expect(parseLoginUid(text)).toBe(uid))
})

import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { redactorOf } from '../../src/model/sensitive.ts'
import { explainedFailure } from '../../src/reconciler/history/conclude.ts'

const failure: Diagnostic = { code: 'container-exited', message: 'm has exited with code 4.', address: 's/container/m' }
const redact = redactorOf(new Map([['token', 'hunter22']]))
const messageOf = (output: readonly string[], fields: Partial<Diagnostic> = {}): string =>
  explainedFailure({ ...failure, ...fields }, { lines: output }, redact).message

describe('a failed verification', () => {
  it('has the last line of the output and the lines before it', () =>
    expect(messageOf(['connecting', 'no database', ''])).toBe(
      'm has exited with code 4: no database:\n  | connecting\n  | no database',
    ))

  it('has the last line of the output after a timeout with exits', () => {
    const timeout = { code: 'timeout' as const, message: 'After 60 s m has just started. It last exited with code 1.' }
    expect(messageOf(['cannot bind'], timeout)).toBe(
      'After 60 s m has just started. It last exited with code 1: cannot bind:\n  | cannot bind',
    )
    expect(messageOf(['working'], { code: 'timeout', message: 'After 60 s m is not healthy yet.' })).toBe(
      'After 60 s m is not healthy yet:\n  | working',
    )
  })

  it('without output is one sentence', () => expect(messageOf([])).toBe('m has exited with code 4.'))

  it('has the output below the result of a health check', () =>
    expect(messageOf(['listening'], { code: 'unhealthy', message: 'm is unhealthy: refused (3 failures).' })).toBe(
      'm is unhealthy: refused (3 failures):\n  | listening',
    ))

  it('hides sensitive values and control characters', () =>
    expect(messageOf(['bad \u001btoken hunter22'])).toBe(
      'm has exited with code 4: bad token (sensitive):\n  | bad token (sensitive)',
    ))

  it('has the newest lines of a long output', () => {
    const lines = Array.from({ length: 50 }, (_, position) => `line ${position}`)
    expect(messageOf(lines).split('\n  | ').slice(1)).toEqual(lines.slice(-10))
  })

  it('names a program that the init program could not start', () => {
    const output = { lines: ['ERROR (catatonit:2): failed to exec pid1: x'], notStarted: 'could not start "slep": x' }
    expect(explainedFailure(failure, output, redact).message).toBe('m could not start "slep": x.')
    expect(explainedFailure({ ...failure, code: 'unhealthy' }, output, redact).message).toContain('m has exited with')
  })

  it('is bounded', () => expect(messageOf(Array(1000).fill('x'.repeat(10_000))).length).toBeLessThan(4000))
})

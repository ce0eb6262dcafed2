import { describe, expect, it } from 'vitest'
import { checkText, firstLines } from '../../../src/providers/linux/container/health/explain.ts'

describe('a failed check in an error', () => {
  it('has its command, exit code and output', () =>
    expect(checkText('wget -q web', { exitCode: 1 }, ['connecting', 'refused'])).toBe(
      ':\n  $ wget -q web (exit code 1)\n  | connecting\n  | refused',
    ))

  it('without output has its exit code once', () =>
    expect(checkText('test -f /ok', { exitCode: 1 }, ['exit code 1'])).toBe(':\n  $ test -f /ok (exit code 1)'))

  it('that did not end has no exit code, and its control characters are left out', () =>
    expect(checkText('slow\u001b[2J', {}, ['no answer within 1 s'])).toBe(':\n  $ slow[2J\n  | no answer within 1 s'))

  it('of a port has its output alone', () =>
    expect(checkText(undefined, undefined, ['connection refused'])).toBe(':\n  | connection refused'))
})

it('long output is cut after its first lines, because the error comes before the usage', () => {
  expect(firstLines(['a', 'b'], 2)).toEqual(['a', 'b'])
  expect(firstLines(['error', 'usage', 'x', 'y'], 3)).toEqual(['error', 'usage', '... 2 more lines'])
})

import { describe, expect, it } from 'vitest'
import { rollbackHeading, rollbackNote } from '../../src/report/rollback-text.ts'

const stack = (name: string, to: number) => ({ stack: name, to, declaredIn: 5 })

describe('the text of a rollback', () => {
  it('names the generation that comes back, or that of each stack', () => {
    expect(rollbackHeading([stack('shop', 1), stack('mail', 1)])).toBe('Back to generation 1')
    expect(rollbackHeading([stack('shop', 1), stack('mail', 3)])).toBe(
      'Back to generation 1 (shop), generation 3 (mail)',
    )
  })

  it('ends with the state of the files, which the next apply brings back', () =>
    expect(rollbackNote([stack('shop', 1)], [])).toBe(
      'The files still declare the state of generation 5; the next `heropods apply` changes it back.',
    ))

  it('names the state of the files after a second rollback, also if it is in place again', () => {
    expect(rollbackNote([stack('shop', 1), { ...stack('mail', 1), declaredIn: 3 }], [])).toBe(
      'The files still declare the state of generation 5 (shop), generation 3 (mail); the next `heropods apply` changes it back.',
    )
    expect(rollbackNote([stack('shop', 5)], [])).toBe(
      'The files still declare the state of generation 5, which is in place again.',
    )
    expect(rollbackNote([{ stack: 'shop', to: 1 }], [])).toBe(
      'The stack files are as before; the next `heropods apply` changes it back.',
    )
  })

  it('ends under watch with the command that applies the files again', () =>
    expect(rollbackNote([stack('shop', 1), stack('mail', 1)], ['shop', 'mail'])).toBe(
      'The files still declare the state of generation 5. Watch does not apply them to shop, mail until they change or `heropods resume shop mail` is run.',
    ))
})

import { expect, it } from 'vitest'
import { inFieldWords, inLibraryWords } from '../../src/api/library-words.ts'
import { type Diagnostic, HeroPodsError } from '../../src/model/errors.ts'

const hintOf = (diagnostic: Diagnostic): string | undefined => {
  const error = inLibraryWords(new HeroPodsError(diagnostic, { refused: true }))
  if (!(error instanceof HeroPodsError)) throw new Error('not an error of HeroPods')
  expect(error.refused).toBe(true)
  return error.diagnostics[0]?.hint
}

it('a hint that names a command becomes one that names a call', () => {
  const inUse = {
    code: 'instance-in-use',
    message: 'x',
    hint: 'Run `heropods destroy --all --instance a` first.',
  } as const
  expect(hintOf(inUse)).toContain('HeroPods.delete(NAME, { destroy: true })')
  const stopped = { code: 'not-running', message: 'web is not running.', hint: '`heropods start` starts it.' } as const
  expect(hintOf(stopped)).toBe('`start()` starts it.')
})

it('other hints stay: those without a command, and commands without a call', () => {
  const stale = { code: 'plan-stale', message: 'x', hint: 'Read it again.' } as const
  expect(hintOf(stale)).toBe(stale.hint)
  const paused = { code: 'not-running', message: 'web is paused.', hint: '`heropods unpause web` ends that.' } as const
  expect(hintOf(paused)).toBe(paused.hint)
  const error = new HeroPodsError({ code: 'tool-missing', message: 'x', hint: '`heropods doctor` shows it.' })
  expect(inLibraryWords(error)).toBe(error)
})

it('a named volume needs a stack', () => {
  const error = new HeroPodsError({ code: 'bad-mount', message: 'x', hint: 'Add `data:` under `volumes:`.' })
  expect(inFieldWords(error, { image: 'image' })).toMatchObject({
    diagnostics: [{ hint: expect.stringContaining('in a stack that declares the volume') }],
  })
})

it('fields of the stack that the library makes become its options', () => {
  const message =
    '`containers.web.image` `containers.web.mem_limit` in `containers.web` `images.q.ref` `images.q.archive`'
  const error = inFieldWords(new HeroPodsError({ code: 'invalid', message }), { image: 'dockerUrl' })
  expect(error).toMatchObject({
    diagnostics: [{ message: '`dockerUrl` `fields.mem_limit` in `fields` `dockerUrl` `archive`' }],
  })
})

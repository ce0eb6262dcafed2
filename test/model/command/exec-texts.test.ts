import { expect, it } from 'vitest'
import { type ExecTexts, requireExecTexts } from '../../../src/model/command/exec-texts.ts'
import type { HeroPodsError } from '../../../src/model/errors.ts'

function faultOf(texts: ExecTexts): string | undefined {
  try {
    requireExecTexts(texts)
    return undefined
  } catch (error) {
    return (error as HeroPodsError).diagnostics[0]?.message
  }
}

it('quotes, line breaks, $(), control sequences and other scripts are texts of a command', () => {
  const odd = '"\'\n$(id) `id` ü 日本 ;|&> \u001b[2J'
  expect(faultOf({ argv: ['echo', odd, ''], env: { A: odd, 'odd name $(id)': '' }, workingDir: `/${odd}` })).toBe(
    undefined,
  )
})

it.each<readonly [texts: ExecTexts, message: RegExp]>([
  [{ argv: ['echo', 'a\0b'] }, /^The argument 1 of the command contains the character NUL/],
  [{ argv: [], env: { 'A\nB': '' } }, /^The name "A\\nB" in `env` contains a line break/],
  [{ argv: [], env: { 'A=B': '' } }, /^The name "A=B" in `env` /],
  [{ argv: [], env: { A: 'a\0' } }, /^`env\.A` contains the character NUL/],
  [{ argv: [], workingDir: '/\0' }, /^`workingDir` contains the character NUL/],
])('%j is refused with its place', (texts, message) => expect(faultOf(texts)).toMatch(message))

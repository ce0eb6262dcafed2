import { expect, it } from 'vitest'
import { targetOption } from '../../src/cli/commands/stacks/rollback.ts'

const hintOf = (text: string): string | undefined => {
  try {
    targetOption(text)
  } catch (error) {
    return JSON.stringify(error)
  }
  return undefined
}

it('the name of a stack in the place of a generation has the option in its hint', () => {
  expect(targetOption('12')).toBe(12)
  expect(hintOf('shop')).toContain('To roll back one stack: `heropods rollback --stack shop`.')
  expect(hintOf('0')).toContain('`heropods history` lists them.')
})

import { expect, it } from 'vitest'
import { inProgramWords, programPath } from '../../src/pulumi/program-words.ts'

it('a path in a program begins at the field of the resource', () => {
  expect(programPath(['containers', 'web', 'mem_limit'])).toBe('memLimit')
  expect(programPath(['containers', 'web', 'logging', 'options', 'max-size'])).toBe('logging.options.maxSize')
  expect(programPath(['containers', 'web', 'environment', 'MY_NAME'])).toBe('environment.MY_NAME')
})

it('messages and hints have the names of a program in code, and no other change', () => {
  const path = ['containers', 'web', 'mem_limit']
  expect(inProgramWords('`containers.web.mem_limit` is "96parsec", which is not valid.', path)).toBe(
    '`memLimit` is "96parsec", which is not valid.',
  )
  expect(inProgramWords('Unknown key "memLimitt". Did you mean "mem_limit"?', path)).toBe(
    'Unknown key "memLimitt". Did you mean "memLimit"?',
  )
  expect(inProgramWords('Add `memswap_limit`, not `my_value`: mem_limit.', path)).toBe(
    'Add `memswapLimit`, not `my_value`: mem_limit.',
  )
})

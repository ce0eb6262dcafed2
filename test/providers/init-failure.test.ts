import { expect, test } from 'vitest'
import { notStartedText } from '../../src/providers/linux/container/oci/init-failure.ts'

const line = (reason: string): readonly string[] => [`ERROR (catatonit:2): failed to exec pid1: ${reason}`]
const byInit = (...args: readonly string[]): readonly string[] => ['/dev/init', '--', ...args]

test('a program that the init program could not start is named', () => {
  expect(notStartedText(byInit('slep', '100'), line('No such file or directory'))).toBe(
    'could not start the program "slep": no folder of `PATH` has this file, or its interpreter (`#!`) is missing',
  )
  expect(notStartedText(byInit('/bin/away'), line('No such file or directory'))).toBe(
    'could not start the program "/bin/away": the image does not have this file, or not the interpreter in its first line (`#!`)',
  )
  expect(notStartedText(byInit('/etc/passwd'), line('Permission denied'))).toBe(
    'could not start the program "/etc/passwd": Permission denied',
  )
})

test('other output is not the message of the init program', () => {
  expect(notStartedText(byInit('app'), ['cannot reach db'])).toBeUndefined()
  expect(notStartedText(byInit('app'), [])).toBeUndefined()
  expect(notStartedText(['cat', 'log'], line('Permission denied'))).toBeUndefined()
})

import { expect, it } from 'vitest'
import { checkByHand, checkCommand } from '../../../src/model/command/check-command.ts'
import { sensitiveToken } from '../../../src/model/tokens.ts'

const times = { interval: 1, timeout: 1, retries: 1, start_period: 0, start_interval: 1 }

it.each<[['CMD' | 'CMD-SHELL', ...string[]], string]>([
  [['CMD-SHELL', 'pg_isready || exit 1'], 'pg_isready || exit 1'],
  [['CMD', 'wget', '-q', 'a b'], "wget -q 'a b'"],
])('the command of the check %j is %s', (test, text) => expect(checkCommand({ ...times, test })).toBe(text))

it('hides sensitive values', () => {
  expect(checkCommand({ ...times, test: ['CMD-SHELL', `login ${sensitiveToken('a'.repeat(64))}`] })).toBe(
    'login (sensitive)',
  )
})

it('of a check of a port is unknown', () => expect(checkCommand({ ...times, tcp: 80 })).toBeUndefined())

it('the check by hand is a command that a shell runs; it has no sensitive values', () => {
  const byHand = (test: ['CMD' | 'CMD-SHELL', ...string[]]) => checkByHand('s/container/db', { ...times, test })
  expect(byHand(['CMD', 'nc', '-z', 'localhost', '5432'])).toBe('heropods exec db nc -z localhost 5432')
  expect(byHand(['CMD-SHELL', 'test -e /a && true'])).toBe("heropods exec db sh -c 'test -e /a && true'")
  expect(byHand(['CMD', sensitiveToken('a'.repeat(64))])).toBeUndefined()
  expect(checkByHand('s/container/db', { ...times, tcp: 80 })).toBeUndefined()
})

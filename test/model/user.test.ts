import { expect, it } from 'vitest'
import { parseUser, parseUserOrGroup } from '../../src/model/values/user.ts'

it('a user is a name or a number, with or without a group', () => {
  expect(parseUser('1000')).toEqual({ user: { id: 1000 } })
  expect(parseUser('0:4294967294')).toEqual({ user: { id: 0 }, group: { id: 4294967294 } })
  expect(parseUser('www-data:www')).toEqual({ user: { name: 'www-data' }, group: { name: 'www' } })
  expect(parseUser('nobody:')).toEqual({ user: { name: 'nobody' } })
  expect(parseUser(':5')).toEqual({ user: { id: 0 }, group: { id: 5 } })
  expect(parseUser('machine$')).toEqual({ user: { name: 'machine$' } })
})

it('numbers outside 0 to 4294967294 and texts that are not names are refused', () => {
  const bad = [
    '4294967295',
    '-1',
    '+1',
    '99999999999999999999',
    '1:-2',
    '1:4294967295',
    'a:b:c',
    'a b',
    'a\nb',
    '-x',
    'a/b',
  ]
  for (const text of bad) expect(() => parseUser(text), text).toThrow(/is not/)
  for (const text of ['', '4294967295', '-1', 'a:b', 'a\0'])
    expect(() => parseUserOrGroup(text), text).toThrow(/is not/)
})

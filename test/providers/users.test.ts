import { expect, it } from 'vitest'
import { resolveUser } from '../../src/providers/linux/container/oci/users.ts'

const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'web:x:33:33:web:/var/www:/bin/sh',
  'max:x:4294967294:4294967294::/:/bin/sh',
  'over:x:4294967295:0::/:/bin/sh',
  'minus:x:-1:0::/:/bin/sh',
  'word:x:abc:0::/:/bin/sh',
  'group:x:5:4294967295::/:/bin/sh',
  'member:x:6:6::/a\u001bb:/bin/sh',
].join('\n')
const group = ['web:x:33:', 'audio:x:29:web', 'over:x:4294967295:', 'bad:x:oops:member', 'toString:x:7:'].join('\n')
const resolve = (user: string, groups: readonly string[] = []) => resolveUser(user, groups, passwd, group)

it('users and groups are looked up by name and number', () => {
  expect(resolve('')).toMatchObject({ uid: 0, gid: 0, home: '/root' })
  expect(resolve('web')).toEqual({ uid: 33, gid: 33, additionalGids: [29], home: '/var/www' })
  expect(resolve('33:0', ['audio', '4294967294'])).toMatchObject({ uid: 33, gid: 0, additionalGids: [29, 4294967294] })
  expect(resolve('max')).toMatchObject({ uid: 4294967294, gid: 4294967294 })
  expect(resolve('4294967294:toString')).toMatchObject({ uid: 4294967294, gid: 7 })
})

it('numbers of the image that would mean another user are refused', () => {
  for (const name of ['over', 'minus', 'word', 'group', 'member'])
    expect(() => resolve(name), name).toThrow(/The image’s \/etc\/(passwd|group)/)
  expect(() => resolve('web:over')).toThrow('/etc/group gives "over"')
  expect(() => resolve('web', ['over'])).toThrow('/etc/group gives "over"')
  for (const text of ['4294967295', '0:4294967295', '-1', '99999999999999999999', 'a:b:c'])
    expect(() => resolve(text), text).toThrow('is not')
  expect(() => resolve('web', ['-1'])).toThrow('is not a user or group')
  expect(() => resolve('nosuch')).toThrow('no user called "nosuch"')
})

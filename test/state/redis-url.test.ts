import { expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { recordsUrl, redisServer } from '../../src/state/redis/redis-url.ts'

it('empty or blank means the instance’s own server', () => {
  for (const stated of [undefined, '', ' ', '\t\n'])
    expect(recordsUrl({ ...(stated !== undefined && { HEROPODS_REDIS_URL: stated }) })).toBeUndefined()
})

it('takes hosts, sockets, users, databases and files of TLS apart', () => {
  expect(redisServer('redis://127.0.0.1')).toEqual({
    name: 'redis://127.0.0.1:6379/0',
    endpoint: { host: '127.0.0.1', port: 6379 },
    db: 0,
  })
  expect(redisServer('redis://me:p%40ss%3Aw%2Frd%25@[::1]:7000/15')).toEqual({
    name: 'redis://me:***@[::1]:7000/15',
    endpoint: { host: '::1', port: 7000 },
    username: 'me',
    password: 'p@ss:w/rd%',
    db: 15,
  })
  expect(redisServer('unix://:pw@/run/a%20b.sock?db=2')).toMatchObject({
    endpoint: { path: '/run/a b.sock' },
    password: 'pw',
    db: 2,
  })
  expect(redisServer('/run/redis.sock').endpoint).toEqual({ path: '/run/redis.sock' })
  expect(redisServer('rediss://host?cafile=/etc/ca.pem').tls).toEqual({ cafile: '/etc/ca.pem' })
})

it.each([
  ['redis://:geheim@host/x', 'not the number of a database'],
  ['redis://:geheim@host/-1', 'not the number of a database'],
  ['redis://:geheim@host/1/2', 'not the number of a database'],
  ['redis://:geheim@host/99999999999', 'not the number of a database'],
  ['redis://:geheim@host/0 ', 'it contains a blank'],
  ['redis://:geheim@ho st/0', 'it contains a blank'],
  ['redis://:geheim@host/0\n', 'control character'],
  ['redis://:geheim@host:70000/0', 'cannot be read'],
  ['redis://:geheim@host:0/0', 'port 0'],
  ['redis://:geheim/x@host:1', 'cannot be read'],
  ['redis://:geheim%zz@host', 'does not begin an encoded character'],
  ['redis://:geheim#1@host', 'cannot be read'],
  ['redis://host/#geheim', 'it contains a #'],
  ['redis://host?db=3', 'does not support'],
  ['redis://host?cafile=/x', 'does not support'],
  ['rediss://host?cafile=ca.pem', 'not an absolute path'],
  ['redis://', 'it has no host'],
  ['http://:geheim@host', 'it does not start with'],
  ['127.0.0.1:6379', 'it does not start with'],
  ['unix://run/redis.sock', 'is absolute'],
  ['unix:///run/redis.sock?db=geheim', 'not the number of a database'],
  [`unix:///${'x'.repeat(120)}`, 'longer than 107 bytes'],
])('refuses %j without its password', (stated, why) => {
  const refusal = attempt(() => recordsUrl({ HEROPODS_REDIS_URL: stated }))
  expect(refusal).toBeInstanceOf(HeroPodsError)
  const { diagnostics, refused } = refusal as HeroPodsError
  expect(refused).toBe(true)
  expect(diagnostics[0]?.code).toBe('redis-url')
  expect(diagnostics[0]?.message).toContain(why)
  if (!stated.includes('db=geheim')) expect(JSON.stringify(diagnostics)).not.toContain('geheim')
})

function attempt(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

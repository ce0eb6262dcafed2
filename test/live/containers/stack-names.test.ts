import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
  const talker = (name: string, text: string): string =>
    `  ${name}: { image: busybox, network_mode: none, command: [sh, -c, "echo ${text}; exec sleep 1000"], stop_grace_period: 0s }\n`
  instance.stack(`containers:\n${talker('web', 'web of shop')}${talker('database', 'db of shop')}`, 'shop')
  instance.stack(`containers:\n${talker('page', 'page of blog')}`, 'blog')
  instance.stack(`containers:\n${talker('idle', 'idle')}`, 'idle')
  for (const name of ['shop', 'blog', 'idle']) instance.apply(`${name}.yaml`)
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

const linesOf = (...args: string[]): readonly string[] =>
  instance
    .ok(...args)
    .trim()
    .split('\n')
    .sort()

describe('a stack in the place of containers', () => {
  it('logs prints all its containers, with their names in one column', () => {
    expect(linesOf('logs', 'shop')).toEqual(['database | db of shop', 'web      | web of shop'])
    expect(linesOf('logs', 'shop', 'shop/web', 'page')).toEqual([
      'blog/page     | page of blog',
      'shop/database | db of shop',
      'shop/web      | web of shop',
    ])
    // A container is meant before the stack of the same name.
    expect(linesOf('logs', 'idle')).toEqual(['idle'])
  })

  it('ps lists several, and knows -a', () => {
    expect(linesOf('ps', '-q', 'shop', 'blog')).toEqual(['blog/page', 'shop/database', 'shop/web'])
    expect(linesOf('ps', '-a', '-q')).toHaveLength(4)
    const wrong = instance.heropods(['ps', 'shop', 'nosuch'])
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('unknown-stack')])
  })

  it('stop and start act on all; rm does not', () => {
    instance.ok('stop', 'shop')
    expect(instance.pids()).toMatchObject({ web: null, database: null, page: expect.any(Number) })
    instance.ok('start', 'shop')
    expect(instance.pids()).toMatchObject({ web: expect.any(Number), database: expect.any(Number) })
    const refused = instance.heropods(['rm', '--force', 'shop'])
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('unknown-container')])
    expect(refused.stderr).toContain('heropods destroy shop')
  })

  it('inspect prints all', () => {
    const { containers } = JSON.parse(instance.ok('inspect', 'shop')) as { containers: { name: string }[] }
    expect(containers.map(({ name }) => name)).toEqual(['database', 'web'])
  })
})

it('--since and --until take times and durations', () => {
  expect(instance.ok('logs', 'page', '--since', '1d')).toBe('page of blog\n')
  expect(instance.ok('logs', 'page', '--until', '1d')).toBe('')
  expect(instance.ok('logs', 'page', '--since', '2099-01-01')).toBe('')
  expect(instance.ok('logs', 'page', '--since', '2020-01-01T10:00', '--until', '2099-01-01', '-n', '1')).toBe(
    'page of blog\n',
  )
  expect(instance.ok('logs', 'page', '--until', '2021-01-01', '-n', '1')).toBe('')
  const wrong = instance.heropods(['logs', '--since', 'yesterday'])
  expect([wrong.code, wrong.stderr]).toEqual([
    3,
    expect.stringContaining('"yesterday" is not a time or a duration: write 10m, 1h30m or 2026-11-27T10:00'),
  ])
  expect(instance.heropods(['logs', '-f', '--until', '1h', 'page']).code).toBe(3)
})

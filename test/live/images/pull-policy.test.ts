import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry()
const build = (version: string): void =>
  buildImage(registry, 'shop/app', { Cmd: ['sleep', '1000'], Labels: { version } })
const stack = (policy: string): string =>
  instance.stack(
    `containers:\n  test: { image: shop/app, pull_policy: ${policy}, network_mode: none, stop_grace_period: 0s }\n`,
  )
const changed = (): readonly string[] => instance.steps().map(({ address }) => address)
const both = ['test/image/docker.io/shop/app:latest', 'test/container/test']

/** Moves the time of the last answer of the registry back. */
function age(hours: number): void {
  const folder = join(instance.data, 'images/answers')
  const path = join(folder, readdirSync(folder)[0] ?? '')
  const answer = JSON.parse(readFileSync(path, 'utf8')) as { askedAt: string }
  const askedAt = new Date(Date.parse(answer.askedAt) - hours * 3_600_000).toISOString()
  writeFileSync(path, JSON.stringify({ ...answer, askedAt }))
}

beforeAll(() => {
  build('one')
  stack('daily')
  instance.apply()
})

describe('a time-based pull policy', () => {
  it('asks the registry only when its period has passed', () => {
    build('two')
    age(23)
    expect(changed()).toEqual([])
    age(2)
    expect(changed()).toEqual(both)
    instance.apply()
    expect(changed()).toEqual([])
    expect(JSON.parse(instance.ok('inspect', 'test')).containers[0].imageConfig.labels).toMatchObject({
      version: 'two',
    })
  })

  it('starts a new period when the registry has nothing new', () => {
    age(25)
    instance.apply()
    build('three')
    expect(changed()).toEqual([])
    age(25)
    expect(changed()).toEqual(both)
  })

  it('may be a period of one’s own', () => {
    instance.apply()
    build('four')
    stack('every_1h30m')
    // The policy itself is a change.
    instance.apply()
    age(1)
    expect(changed()).toEqual([])
    age(1)
    expect(changed()).toEqual(both)
  })

  it('uses the local image with a warning if no registry answers', () => {
    instance.apply()
    age(2)
    registry.stop()
    const { code, stdout, stderr } = instance.heropods(['diff', 'test.yaml'])
    expect([code, stdout + stderr]).toEqual([0, expect.stringMatching(/No registry answers for docker\.io\/shop\/app/)])
  })
})

it.each(['every_', 'every_12', 'hourly', 'every_1h ', 'every_1y'])(
  'the policy "%s" is refused with its place',
  (policy) => {
    stack(`"${policy}"`)
    expect(instance.heropods(['validate', 'test.yaml'])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/pull_policy[\s\S]*test\.yaml:5:\d+/),
    })
  },
)

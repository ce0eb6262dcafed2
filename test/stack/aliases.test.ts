import { expect, it } from 'vitest'
import { stackFolder } from './support.ts'

const { load, container, problems } = stackFolder()

it('an anchor may be used by any number of containers', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `svc${index}`)
  const { resources } = await load(
    `x-logging: &logging { options: { max-size: 5m } }\nx-base: &base { image: busybox, logging: *logging }\ncontainers:\n${names.map((name) => `  ${name}: { <<: *base, logging: *logging }\n`).join('')}`,
  )
  expect([...resources.values()].filter(({ kind }) => kind === 'container')).toHaveLength(500)
})

it('merge keys take the first of several maps, and the map’s own keys before those', async () => {
  const { environment } = await container(
    'x-a: &a { A: 1, B: 1, C: 1 }\nx-b: &b { B: 2, D: 2 }\ncontainers: { a: { image: busybox, environment: { C: 3, <<: [*a, *b] } } }',
  )
  expect(environment).toEqual({ A: '1', B: '1', C: '3', D: '2' })
})

it('an anchor that is set again counts from there on', async () => {
  const { environment } = await container(
    'x-a: &a one\nx-b: *a\nx-c: &a two\ncontainers: { a: { image: busybox, environment: { A: *a } } }',
  )
  expect(environment).toEqual({ A: 'two' })
})

it('what expands without bound, or into itself, is refused at its place', async () => {
  const levels = Array.from({ length: 60 }, (_, index) => `x-${index + 1}: &l${index + 1} [*l${index}, *l${index}]\n`)
  expect((await problems(`x-0: &l0 [a]\n${levels.join('')}`)).join()).toContain('larger than 8 MiB')
  expect((await problems('x-a: &a [1, *a]')).join()).toContain('yaml at 1:13: This alias is inside its own anchor.')
  expect((await problems('x-a: &a { <<: *a }')).join()).toContain('yaml at 1:15: This alias is inside its own anchor.')
  expect((await problems('x-a: *no')).join()).toContain('yaml at 1:6: The alias *no has no anchor')
  expect((await problems('x-a: &a [1]\nx-b: { <<: *a }')).join()).toContain('yaml at 2:8: A merge key needs a map')
  expect((await problems('x-a: { [a]: 1 }')).join()).toContain('yaml at 1:8: A key must be')
})

import { expect, it } from 'vitest'
import { notHealthyEvent } from '../../src/cli/commands/stacks/record-not-healthy.ts'
import { unhealthyDiagnostics } from '../../src/cli/commands/stacks/wait-until-healthy.ts'

const failed = (name: string, output = '') => ({
  container: `shop/container/${name}` as const,
  why: 'is unhealthy',
  output,
})
const options = { timeout: 5000, redact: (text: string) => text.replaceAll('sesame', '***') }

it('replicas that fail alike are all named, and their output is shown once', () => {
  const output = (name: string) => `:\n  $ wget ${name} (exit code 1)\n  | sesame`
  const all = [
    ...['web.1', 'web.2', 'web.3'].map((name) => failed(name, output(name))),
    { ...failed('db', ':\n  | refused'), byHand: 'heropods exec db true' },
  ]
  const found = unhealthyDiagnostics({ failed: all, pending: [failed('slow')] }, options)
  expect(found.map(({ message, hint }) => [message, hint])).toEqual([
    ['shop/container/web.1 is unhealthy:\n  $ wget web.1 (exit code 1)\n  | ***', 'See `heropods logs web.1`.'],
    ['shop/container/web.2 is unhealthy, for the same reason as web.1.', undefined],
    ['shop/container/web.3 is unhealthy, for the same reason as web.1.', undefined],
    ['shop/container/db is unhealthy:\n  | refused', 'Run the check by hand: `heropods exec db true`.'],
  ])
  expect(found.map(({ address }) => address)).toEqual(all.map(({ container }) => container))
})

it('a container that was killed for memory has its limit and the field to change', () => {
  const hint = (exceededMemory: number) =>
    unhealthyDiagnostics({ failed: [{ ...failed('db'), exceededMemory }], pending: [] }, options)[0]?.hint
  expect(hint(16 * 2 ** 20)).toBe('It reached its memory limit of 16M: raise `mem_limit`.')
  expect(hint(0)).toContain('The memory of the host was used up')
})

it('without a failure the containers that were not ready in time are named', () => {
  const [only] = unhealthyDiagnostics({ failed: [], pending: [failed('slow')] }, options)
  expect(only?.message).toBe('shop/container/slow is unhealthy after 5 s.')
})

it('the event of a generation names the first reason and counts the others', () => {
  const failure = (name: string) => ({
    code: 'not-healthy' as const,
    message: `${name} is unhealthy: sesame.`,
    address: `shop/container/${name}` as const,
  })
  expect(notHealthyEvent(22, [failure('web.1'), failure('web.2')], options.redact)).toMatchObject({
    type: 'stack.failed',
    reason: 'NotHealthy',
    stack: 'shop',
    generation: 22,
    message: 'Generation 22 did not become healthy: web.1 is unhealthy: *** (and 1 more).',
  })
})

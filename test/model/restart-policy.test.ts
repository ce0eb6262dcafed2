import { expect, it } from 'vitest'
import { handlesExit, mayComplete, onExit } from '../../src/model/kinds/restart-policy.ts'

it('always and unless-stopped answer every exit alike', () => {
  const [always, unless] = (['always', 'unless-stopped'] as const).map((policy) => ({
    restart: { policy, max_retries: 0 },
    keep_alive: false,
  }))
  if (always === undefined || unless === undefined) throw new Error('two policies')
  for (const code of [0, 1, 137])
    for (const ranMs of [1, 20_000])
      for (const restarts of [0, 3, 30]) {
        const ended = { code, ranMs, restarts, held: false }
        expect(onExit(unless, ended)).toEqual(onExit(always, ended))
        expect(onExit(unless, ended).action).toBe('restart')
      }
  expect([handlesExit(always, false), mayComplete(always)]).toEqual([handlesExit(unless, false), mayComplete(unless)])
})

import { describe, expect, it } from 'vitest'
import type { Desired } from '../../src/stack/desired.ts'
import type { LoadFailure } from '../../src/stack/load-directory.ts'
import { type Kept, takeUp } from '../../src/watch/kept.ts'

const stack = (name: string, files: readonly string[]): Desired => ({
  stacks: [
    {
      name,
      resources: new Map(),
      inactive: [],
      files: files.map((path) => ({ path, sha256: path })),
      inputs: [],
      place: async () => undefined,
    } as unknown as Desired['stacks'][number],
  ],
  vault: new Map(),
})

const wrong = (file: string): LoadFailure => ({
  file,
  stack: undefined,
  diagnostics: [{ code: 'bad-yaml', message: `${file} is wrong.` }],
})

const folder = () => {
  const all = new Map<string, Kept>()
  return (stacks: readonly Desired[], failures: readonly LoadFailure[] = []): readonly string[] => {
    const loaded = { stacks: new Map(stacks.map((one) => [one.stacks[0]?.name as string, one])), failures, inputs: [] }
    const changed = takeUp(all, { loaded, revision: '', mayPrune: true, onRoot: true }, '/stacks', new Map())
    return changed.map(({ name, problems, removed }) => `${name} ${removed ? 'removed' : problems.length}`)
  }
}

describe('takeUp', () => {
  it('leaves a stack as it was while one of its files cannot be read', () => {
    const look = folder()
    expect(look([stack('shop', ['shop.yaml', 'shop.overlay.yaml'])])).toEqual(['shop 0'])
    // What is left of it says something else.
    const half = stack('shop', ['shop.yaml'])
    expect(look([half], [wrong('shop.overlay.yaml')])).toEqual(['shop 1'])
    expect(look([half])).toEqual(['shop 0'])
  })

  it('answers a stack when its files become wrong, once', () => {
    const look = folder()
    look([stack('shop', ['shop.yaml']), stack('mail', ['mail.yaml'])])
    expect(look([stack('mail', ['mail.yaml'])], [wrong('shop.yaml')])).toEqual(['shop 1'])
    expect(look([stack('mail', ['mail.yaml'])], [wrong('shop.yaml')])).toEqual([])
    expect(look([stack('mail', ['mail.yaml'])])).toEqual(['shop removed'])
  })
})

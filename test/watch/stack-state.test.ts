import { describe, expect, it } from 'vitest'
import type { Desired } from '../../src/model/desired.ts'
import type { LoadFailure } from '../../src/stack/load-directory.ts'
import { type StackState, untrackedStacks, updateDesired } from '../../src/watch/controller/stack-state.ts'
import type { SourceRevision } from '../../src/watch/source/directory.ts'
import { conditionsOf } from '../../src/watch/status/conditions.ts'

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
  secretValues: new Map(),
})

const wrong = (file: string): LoadFailure => ({
  file,
  stack: undefined,
  diagnostics: [{ code: 'yaml', message: `${file} is wrong.` }],
})

const folder = () => {
  const all = new Map<string, StackState>()
  return (stacks: readonly Desired[], failures: readonly LoadFailure[] = []): readonly string[] => {
    const loaded = { stacks: new Map(stacks.map((one) => [one.stacks[0]?.name as string, one])), failures, inputs: [] }
    const changed = updateDesired(all, { loaded, revision: '', mayPrune: true, onRoot: true }, '/stacks', new Map())
    return changed.map(({ name, problems, removed }) => `${name} ${removed ? 'removed' : problems.length}`)
  }
}

describe('neverRight', () => {
  const snapshot = (failures: readonly LoadFailure[]): SourceRevision => ({
    loaded: { stacks: new Map(), failures, inputs: [] },
    revision: '',
    mayPrune: true,
    onRoot: true,
  })
  const mail: LoadFailure = { ...wrong('mail.yaml'), stack: 'mail' }

  it('answers stacks that nothing is known of but that their files are wrong, and why', () => {
    const all = new Map<string, StackState>()
    const found = untrackedStacks(all, snapshot([mail, wrong('nobody.yaml')]), '/stacks', [])
    expect(found.map(({ name, memory }) => [name, memory.files])).toEqual([['mail', ['mail.yaml']]])
    expect(all.size).toBe(0)
    const [degraded] = found
      .flatMap((one) => conditionsOf(one, [], new Date()))
      .filter(({ type }) => type === 'Degraded')
    expect(degraded).toMatchObject({
      status: true,
      reason: 'Invalid',
      message: 'Its files are wrong: mail.yaml is wrong.',
    })
    // The same from look to look, so that it is known since when.
    expect(untrackedStacks(all, snapshot([mail]), '/stacks', found)[0]).toBe(found[0])
    expect(untrackedStacks(all, snapshot([]), '/stacks', found)).toEqual([])
  })

  it('leaves out a stack that is kept', () => {
    const all = new Map<string, StackState>()
    updateDesired(
      all,
      {
        ...snapshot([]),
        loaded: { stacks: new Map([['mail', stack('mail', ['mail.yaml'])]]), failures: [], inputs: [] },
      },
      '/stacks',
      new Map(),
    )
    expect(untrackedStacks(all, snapshot([mail]), '/stacks', [])).toEqual([])
  })
})

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

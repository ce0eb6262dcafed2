import { describe, expect, it } from 'vitest'
import type { Desired } from '../../src/model/desired.ts'
import { inScope, type ScopeOptions } from '../../src/reconciler/plan/scope.ts'
import { desired, type TestSpecs, testProviders } from './fixtures.ts'

const specs: TestSpecs = {
  's/network/lan': {},
  's/image/base': {},
  's/volume/data': {},
  's/container/db': { needs: ['s/network/lan', 's/image/base', 's/volume/data'] },
  's/container/web': { needs: ['s/container/db'] },
  's/container/sidecar': { network_mode: 'container:s/container/web' },
  's/container/other': { needs: ['s/image/other'] },
}

const stack = { name: 's', labels: {}, resources: desired(specs), inactive: ['s/container/debug'] }
const loaded = { stacks: [stack], secretValues: new Map() } as unknown as Desired
const scope = (options: ScopeOptions) => inScope(loaded, options, testProviders().providers)

describe('the scope of a run', () => {
  it('is complete stacks without targets, except containers of inactive profiles', () => {
    const { desired: all, removes } = scope({})
    expect([...all.keys()]).toEqual(Object.keys(specs))
    expect(['s/container/gone', 's/container/debug', 'other/container/web'].map((at) => removes(at as never))).toEqual([
      true,
      false,
      false,
    ])
  })

  it('is the targets with all that they refer to, directly or not', () =>
    expect([...scope({ targets: ['sidecar'] }).desired.keys()].sort()).toEqual([
      's/container/db',
      's/container/sidecar',
      's/container/web',
      's/image/base',
      's/network/lan',
      's/volume/data',
    ]))

  it('removes of the targets those that no stack declares any more', () => {
    const { removes } = scope({ targets: ['gone'], destroy: ['s'] })
    expect([removes('s/container/gone'), removes('s/container/web'), removes('s/container/old')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('refuses a target that no stack declares', () =>
    expect(() => scope({ targets: ['missing'] })).toThrow('The stacks declare no object "missing"'))
})

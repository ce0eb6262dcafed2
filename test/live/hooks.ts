import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { Registry } from './images/registry.ts'
import { hostState, Instance } from './support.ts'

/** An instance for the tests of a file, each of which leaves the host as it was. */
export function clearedInstance(): Instance {
  const instance = new Instance()
  let pristine = ''
  beforeAll(() => {
    pristine = hostState()
  })
  afterEach(() => {
    instance.ok('destroy', '--all', '--yes', '--delete-data')
    expect(hostState()).toBe(pristine)
  })
  afterAll(() => instance.end())
  return instance
}

/** A registry and an instance that finds it, for the tests of a file, which together leave the host as it was. */
export function instanceWithRegistry(...options: ConstructorParameters<typeof Registry>) {
  const registry = new Registry(...options)
  const instance = new Instance(registry.environment)
  let pristine = ''
  beforeAll(async () => {
    pristine = hostState()
    await registry.start()
  })
  afterAll(() => {
    instance.end()
    registry.stop()
    expect(hostState()).toBe(pristine)
  })
  return { registry, instance }
}

/** An instance for the tests of a file, which together leave the host as it was. */
export function ownInstance(): Instance {
  const instance = new Instance()
  let pristine = ''
  beforeAll(() => {
    pristine = hostState()
  })
  afterAll(() => {
    instance.end()
    expect(hostState()).toBe(pristine)
  })
  return instance
}

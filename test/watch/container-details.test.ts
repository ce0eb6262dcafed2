import { describe, expect, it } from 'vitest'
import type { ContainerActual } from '../../src/model/kinds/container.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { containerDetails, exitsOf } from '../../src/watch/page-data/container-details.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { noon } from './builders.ts'

const web = resourceAddress('shop', 'container', 'web')
const observed = (actual: Partial<ContainerActual>) =>
  new Map([[web, ownedContainer(containerSpec(), actual)] as const])
const rowOf = (actual: Partial<ContainerActual>) => {
  const [row] = containerDetails(observed(actual), new Map(), noon.wall)
  return [row?.tone, row?.word, row?.readiness]
}
const ago = (seconds: number): string => new Date(noon.wall.getTime() - seconds * 1000).toISOString()

describe('the row of a container', () => {
  it('has one colour and word in a crash loop: while it waits, and while it runs for a moment', () => {
    const loop = ['bad', 'crash loop', 'failed']
    expect(rowOf({ state: 'restarting', restarts: 5, exitCode: 1 })).toEqual(loop)
    expect(rowOf({ state: 'running', restarts: 5, startedAt: ago(1) })).toEqual(loop)
    expect(rowOf({ state: 'running', restarts: 5, startedAt: ago(60) })).toEqual(['good', 'running', 'ready'])
  })

  it.each<readonly [Partial<ContainerActual>, readonly string[]]>([
    [{ health: 'healthy' }, ['good', 'healthy', 'ready']],
    [{ health: 'starting' }, ['busy', 'starting', 'pending']],
    [{ health: 'unhealthy' }, ['bad', 'unhealthy', 'failed']],
    [{ state: 'restarting', restarts: 1, exitCode: 1 }, ['bad', 'restarting', 'failed']],
    [{ state: 'exited', exitCode: 3 }, ['bad', 'exited', 'failed']],
    [{ state: 'stopped' }, ['warn', 'stopped', 'failed']],
    [{ state: 'paused' }, ['warn', 'paused', 'pending']],
  ])('%j', (actual, expected) => expect(rowOf(actual)).toEqual(expected))

  it('has the newest exit, also once the container runs again', () => {
    const exits = new Map(exitsOf(observed({ state: 'restarting', restarts: 1, exitCode: 137, outOfMemory: true })))
    expect(containerDetails(observed({}), exits, noon.wall)[0]?.lastExit).toBe('137 (out of memory)')
    expect(containerDetails(observed({}), new Map(), noon.wall)[0]?.lastExit).toBeNull()
    expect(exitsOf(observed({}))).toEqual([])
  })

  it('names the last exit of a container that runs between two crashes', () => {
    const exits = new Map([[web, '137 (out of memory)']])
    const loop = observed({ state: 'running', restarts: 5, startedAt: ago(1) })
    expect(containerDetails(loop, exits, noon.wall)[0]?.reason).toBe(
      'was started 6 times and does not stay up: it last exited with code 137 (out of memory)',
    )
    expect(containerDetails(observed({}), exits, noon.wall)[0]?.reason).toBeNull()
  })
})

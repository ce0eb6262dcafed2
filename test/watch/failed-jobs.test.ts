import { describe, expect, it } from 'vitest'
import type { ContainerActual, ContainerSpec } from '../../src/model/kinds/container.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { isFailedJobRerun } from '../../src/watch/rollout/failed-jobs.ts'
import { change, containerSpec, ownedContainer, planStep } from '../specs.ts'
import { noon } from './builders.ts'

const job: ResourceAddress = 's/container/job'
const drifted = change('/process', { drift: 'it exited with code 4', class: 'recreate' })
const again = planStep(job, 'recreate', [drifted])

const isLeft = (
  step = again,
  actual: Partial<ContainerActual> = {},
  { spec, rerunsJobs = false }: { spec?: Partial<ContainerSpec>; rerunsJobs?: boolean } = {},
): boolean =>
  isFailedJobRerun(
    step,
    [{ name: 's', rerunsJobs }],
    new Map([[job, ownedContainer(containerSpec(spec), { state: 'exited', exitCode: 4, ...actual })]]),
    noon.wall,
  )

describe('a job that has failed', () => {
  it('is not run again for the same spec', () => expect(isLeft()).toBe(true))

  it.each([
    ['for another spec', isLeft(planStep(job, 'recreate', [drifted, change('/command')]))],
    ['after its stack was resumed', isLeft(again, {}, { rerunsJobs: true })],
    ['if a signal ended it', isLeft(again, { exitCode: 137 })],
    ['if a policy starts it again', isLeft(again, {}, { spec: { restart: { policy: 'always', max_retries: 0 } } })],
    ['if it is gone', isLeft(planStep(job, 'create'))],
  ])('is run again %s', (_, left) => expect(left).toBe(false))
})

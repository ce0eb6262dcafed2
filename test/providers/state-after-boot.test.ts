import { expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { stateAfterBoot } from '../../src/providers/linux/container/process/container-state.ts'
import { containerSpec } from '../specs.ts'

const policies = ['no', 'on-failure', 'unless-stopped', 'always'] as const
const states = (stopped: boolean, exitCode?: number, more: Partial<ContainerSpec> = {}): readonly string[] =>
  policies.map(
    (policy) =>
      stateAfterBoot(
        { spec: { ...containerSpec(), restart: { policy, max_retries: 0 }, ...more }, stopped },
        exitCode === undefined ? undefined : { exitCode, outOfMemory: false },
      ).state,
  )

it('a container that was stopped stays so after a boot, except with always', () => {
  expect(states(true)).toEqual(['stopped', 'stopped', 'stopped', 'absent'])
  expect(states(true, 143)).toEqual(['stopped', 'stopped', 'stopped', 'absent'])
})

it('a container that ran until the boot is not running', () => {
  expect(states(false)).toEqual(['absent', 'absent', 'absent', 'absent'])
})

it('a job that was done before the boot is completed; one that failed has failed', () => {
  expect(states(false, 0)).toEqual(['completed', 'completed', 'exited', 'exited'])
  expect(states(false, 3)).toEqual(['exited', 'exited', 'exited', 'exited'])
  expect(states(false, 0, { keep_alive: true })[0]).toBe('exited')
})

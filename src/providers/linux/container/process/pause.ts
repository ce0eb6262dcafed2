import { setTimeout as delay } from 'node:timers/promises'
import { freeze, isFrozen, thaw } from '../../../../host/cgroup.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { notRunningError } from '../operations/not-running.ts'
import { type Running, writeRunning } from '../record.ts'
import { inspect } from './container-state.ts'

/** Time in which all processes must be frozen, and between two checks, milliseconds. */
const [freezeTimeout, interval] = [2000, 10]

/**
 * Freezes all processes of a container until it is unpaused, restarted or stopped. The record is written first: a frozen container without
 * it is drift. Raises `not-running` (refused), `container-not-paused`.
 */
export async function pauseContainer(
  write: WriteContext,
  container: ResourceAddress,
): Promise<'paused' | 'already paused'> {
  const { isPaused, running } = await requireLiving(write, container)
  const cgroup = cgroupOf(write.paths, running.id)
  if (isPaused && running.paused) return 'already paused'
  await writeRunning(write, container, { ...running, paused: true })
  await freeze(write.host, cgroup)
  for (const deadline = Date.now() + freezeTimeout; !(await isFrozen(write.host, cgroup)); await delay(interval)) {
    if (Date.now() < deadline) continue
    await thaw(write.host, cgroup)
    await writeRunning(write, container, withoutPause(running))
    throw new HeroPodsError({
      code: 'container-not-paused',
      message: `${container}: the kernel could not freeze all processes within ${freezeTimeout / 1000} s.`,
      hint: `A process waits for a device or a network file system: \`heropods top ${container}\` shows it with the state D.`,
    })
  }
  return 'paused'
}

/** Lets the processes of a paused container continue. Raises `not-running` (refused). */
export async function unpauseContainer(
  write: WriteContext,
  container: ResourceAddress,
): Promise<'unpaused' | 'not paused'> {
  const { isPaused, running } = await requireLiving(write, container)
  await writeRunning(write, container, withoutPause(running))
  if (!isPaused) return 'not paused'
  await thaw(write.host, cgroupOf(write.paths, running.id))
  return 'unpaused'
}

async function requireLiving(
  write: WriteContext,
  container: ResourceAddress,
): Promise<{ readonly isPaused: boolean; readonly running: Running }> {
  const { state = 'absent', running } = (await inspect(write, container)) ?? {}
  if (running === undefined || !hasProcess(state)) throw notRunningError(container, state)
  return { isPaused: state === 'paused', running }
}

const withoutPause = ({ paused: _, ...running }: Running): Running => running

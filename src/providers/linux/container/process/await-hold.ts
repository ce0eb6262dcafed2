import { setTimeout as delay } from 'node:timers/promises'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { InstanceReader } from '../../../provider.ts'
import { type Inspected, inspect } from './container-state.ts'
import { exitTimeOf } from './read-exit-code.ts'

/** How long after the end of an entrypoint the process that holds its container may need to start, and the time between two checks, milliseconds. */
const [holdTimeoutMs, pollIntervalMs] = [10_000, 20]

/** True between the end of an entrypoint with 0 and the start of the process that holds its container open. Pure. */
export function isBeforeHold(look: Pick<Inspected, 'record' | 'running' | 'state' | 'exitCode'>): boolean {
  const { record, running, state, exitCode } = look
  if (!record.spec.keep_alive || record.stopped || hasProcess(state)) return false
  if (state === 'exited') return exitCode === 0 && running?.held === false
  return ['restarting', 'created', 'absent'].includes(state) && (exitCode === 0 || running?.held === true)
}

/**
 * Waits while `isBeforeHold`, so that a command that follows an apply finds the container. Returns its state then; undefined: it does not
 * exist.
 */
export async function awaitHold(read: InstanceReader, container: ResourceAddress): Promise<Inspected | undefined> {
  for (const end = Date.now() + holdTimeoutMs; ; await delay(pollIntervalMs)) {
    const look = await inspect(read, container)
    if (look === undefined || !isBeforeHold(look) || Date.now() > end) return look
    const exited = look.running && (await exitTimeOf(read.host, read.paths, look.running.id))
    // The supervisor that would start the process is gone.
    if (look.state === 'exited' && exited !== undefined && Date.now() - Date.parse(exited) > holdTimeoutMs) return look
  }
}

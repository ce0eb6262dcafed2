import { setTimeout as delay } from 'node:timers/promises'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { LogLine, LogSource } from '../../../operations.ts'
import { inspect } from '../process/container-state.ts'
import { LogFollower } from '../process/log-follower.ts'

/** Time between two reads of a followed log, milliseconds. */
const pollIntervalMs = 100

/** The lines of a container's log, oldest first, in the batches in which they are read. */
export async function* readLog(container: ResourceAddress, source: LogSource): AsyncGenerator<readonly LogLine[]> {
  const { tail, follow = false, signal } = source
  const { host, paths } = source.read()
  const log = new LogFollower(host, paths, container)
  const begun = [...(await log.next()), ...(follow ? [] : log.end())]
  yield tail === undefined ? begun : begun.slice(begun.length - tail)
  for (let goesOn = follow; goesOn; ) {
    // An abort only ends the wait: the last lines are read after it.
    await delay(pollIntervalMs, undefined, signal && { signal }).catch(() => undefined)
    goesOn = !signal?.aborted && (await mayWrite(container, source))
    yield await log.next()
  }
  yield log.end()
}

const writing = ['running', 'held', 'paused', 'created', 'restarting']

/** True if a container runs, will be started again, or may be started by a command that is running. */
async function mayWrite(container: ResourceAddress, { read, isLocked }: LogSource): Promise<boolean> {
  const state = (await inspect(read(), container))?.state
  return (state !== undefined && writing.includes(state)) || isLocked()
}

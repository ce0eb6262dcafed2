import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from '../../model/address.ts'
import { LogFollower } from '../../providers/linux/container/process/log-follower.ts'
import type { LogLine } from '../../providers/linux/container/process/logs.ts'
import { lookAt } from '../../providers/linux/container/process/run-state.ts'
import type { Session } from '../session.ts'

export type { LogLine } from '../../providers/linux/container/process/logs.ts'

export interface LogOptions {
  /** How many of the last lines of what is there already; default: all. */
  readonly tail?: number
  /** Goes on as it comes, until the container has ended and nobody works on it. */
  readonly follow?: boolean
}

/** How often a log is looked at. Milliseconds. */
const interval = 100

/** What a container wrote, oldest first, in the portions in which it was read. */
export async function* readLog(
  session: Session,
  container: Address,
  { tail, follow = false }: LogOptions,
): AsyncGenerator<readonly LogLine[]> {
  const log = new LogFollower(session.reader, session.paths, container)
  const begun = [...(await log.next()), ...(follow ? [] : log.end())]
  yield tail === undefined ? begun : begun.slice(begun.length - tail)
  for (let goesOn = follow; goesOn; ) {
    await delay(interval)
    goesOn = await mayWrite(session, container)
    yield await log.next()
  }
  yield log.end()
}

/** Whether a container runs, is about to be started again, or is at the mercy of a run that is under way. */
async function mayWrite(session: Session, container: Address): Promise<boolean> {
  const state = (await lookAt(session.readContext(), container))?.state
  if (state !== undefined && ['running', 'held', 'paused', 'created', 'restarting'].includes(state)) return true
  return (await session.lockHolder()) !== undefined
}

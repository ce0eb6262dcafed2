import { conditionOf, sourceProblem, type WatchStatus } from '../../model/status.ts'

const maxHeartbeatAgeMs = 30_000

/** True if the last heartbeat is at most half a minute old. `now`: milliseconds since 1970. */
export const alive = (status: WatchStatus, now: number): boolean =>
  now - Date.parse(status.heartbeat) <= maxHeartbeatAgeMs

/** The reasons why the host is not as desired, a sentence each; empty: it is. Suspended stacks do not count. */
export function notReady(status: WatchStatus, now: number): readonly string[] {
  const reasons: string[] = []
  if (!alive(status, now)) reasons.push(`heropods watch has sent no heartbeat since ${status.heartbeat}.`)
  if (!status.source.ok) reasons.push(`source: ${sourceProblem(status.source)}`)
  for (const stack of status.stacks) {
    if (conditionOf(stack, 'Suspended')?.status) continue
    const ready = conditionOf(stack, 'Ready')
    if (!ready?.status)
      reasons.push(`${stack.stack}: ${ready ? `${ready.reason}: ${ready.message}` : 'not reconciled yet'}`)
  }
  return reasons
}

import { condition, type WatchStatus } from '../../model/status.ts'

const oldestHeartbeat = 30_000

/** Whether the loop has shown a sign of life in the last half minute. `now` is in milliseconds. */
export const alive = (status: WatchStatus, now: number): boolean =>
  now - Date.parse(status.heartbeat) <= oldestHeartbeat

/** Why the host is not as the source states it, one sentence each; empty where it is. Suspended stacks do not count. */
export function notReady(status: WatchStatus, now: number): readonly string[] {
  const reasons: string[] = []
  if (!alive(status, now)) reasons.push(`The watch has shown no sign of life since ${status.heartbeat}.`)
  if (!status.source.ok) reasons.push(`source: ${status.source.message}`)
  for (const stack of status.stacks) {
    if (condition(stack, 'Suspended')?.status) continue
    const ready = condition(stack, 'Ready')
    if (!ready?.status)
      reasons.push(`${stack.stack}: ${ready ? `${ready.reason}: ${ready.message}` : 'not looked at yet'}`)
  }
  return reasons
}

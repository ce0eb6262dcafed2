import { setTimeout as delay } from 'node:timers/promises'
import { isShuttingDown } from '../../../../host/process/shutdown.ts'
import { firstLine, toDiagnostic } from '../../../../model/errors.ts'
import { onExit } from '../../../../model/kinds/restart-policy.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { FinalExit, PolicyRestart } from '../../../operations.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { readRecord, readRunning, writeNotRestarted } from '../record.ts'
import { isEnabled, whileEnabled } from './exit-command.ts'
import { recordExit, wasOutOfMemory } from './exit-record.ts'
import { exitCodeOf } from './read-exit-code.ts'
import { relaunch } from './relaunch.ts'

/**
 * Applies the restart policy or `keep_alive` after an exit. conmon calls HeroPods for it, so no daemon is needed. Does nothing if the
 * container has a later run, is stopped, or is being changed. Returns the restart, or the exit after which it stays down.
 */
export async function handleExit(
  write: WriteContext,
  container: ResourceAddress,
  run: number,
  heropodsCommand: readonly string[],
): Promise<PolicyRestart | FinalExit | undefined> {
  const { host, paths } = write
  const running = await readRunning(host, paths, container)
  const record = await readRecord(host, paths, container)
  if (record === undefined || running === undefined || record.stopped || running.run !== run) return undefined
  const code = (await exitCodeOf(host, paths, running.id)) ?? 1
  const ranMs = Date.now() - Date.parse(running.startedAt)
  const decision = onExit(record.spec, { code, ranMs, restarts: running.restarts, held: running.held })
  if (decision.action === 'leave') {
    // A service that ends because the host is being shut down is not a job that is done.
    if (!(await isShuttingDown(host))) await recordExit(write, container)
    return { exitCode: code, outOfMemory: code !== 0 && (await wasOutOfMemory(write, running)) }
  }
  const [waitMs, restarts] =
    decision.action === 'restart' ? [decision.delayMs, decision.restarts] : [0, running.restarts]
  // Until then others read the state `restarting`.
  const { waiting } = containerLayout(paths, container)
  const details = {
    exitCode: code,
    outOfMemory: code !== 0 && (await wasOutOfMemory(write, running)),
    ...(decision.action === 'restart' && { number: restarts, at: new Date(Date.now() + waitMs).toISOString() }),
  }
  await host.writeFile(waiting, JSON.stringify({ ...(await host.processIdentity(host.system.pid)), ...details }))
  await waitWhileEnabled(write, container, waitMs)
  let result: PolicyRestart | undefined
  await whileEnabled(write, container, async () => {
    if ((await readRecord(host, paths, container))?.run !== run) return
    // If the new start fails, its own callback calls this function again.
    const failure = await relaunch(write, container, {
      heropodsCommand,
      restarts,
      held: decision.action === 'hold',
    }).then(
      () => undefined,
      (error: unknown) => noteFailure(write, container, error),
    )
    if (decision.action === 'restart')
      result = { exitCode: code, outOfMemory: details.outOfMemory, number: restarts, ...(failure && { failure }) }
  })
  await host.removeTree(waiting)
  return result
}

/** How often a process that waits for a restart checks that its container was not stopped or removed, milliseconds. */
const checkIntervalMs = 500

/** Waits for the time of a restart, or until the container was stopped or removed, so that no process outlives its container. */
async function waitWhileEnabled(write: WriteContext, container: ResourceAddress, waitMs: number): Promise<void> {
  const end = performance.now() + waitMs
  for (let left = waitMs; left > 0; left = end - performance.now()) {
    await delay(Math.min(left, checkIntervalMs))
    if (!(await isEnabled(write, container))) return
  }
}

/**
 * Records the reason with the container, since no user reads the output of this process. Only its first line: the others are output of the
 * container, which may contain secrets.
 */
async function noteFailure(
  { host, paths }: WriteContext,
  container: ResourceAddress,
  error: unknown,
): Promise<PolicyRestart['failure']> {
  const diagnostic = toDiagnostic(error)
  const [code, message] = [diagnostic.code, firstLine(diagnostic.message)]
  const record = await readRecord(host, paths, container)
  if (record) await writeNotRestarted({ host, paths }, container, { run: record.run, message, code })
  return { code, message }
}

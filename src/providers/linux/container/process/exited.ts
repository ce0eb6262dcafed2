import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from '../../../../model/address.ts'
import { toDiagnostic } from '../../../../model/errors.ts'
import { onExit } from '../../../../model/kinds/restart-policy.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { readRecord, readRunning, writeNotRestarted } from '../record.ts'
import { asCallback } from './exit-callbacks.ts'
import { relaunch } from './relaunch.ts'
import { exitCodeOf } from './start.ts'

/**
 * Answers the exit of a run, for which conmon calls it: restart policies and keep_alive without a daemon. Ignores a run that is no longer
 * the last one, and a container that is being changed.
 */
export async function containerExited(
  write: WriteContext,
  container: Address,
  run: number,
  self: readonly string[],
): Promise<void> {
  const { host, paths } = write
  const running = await readRunning(host, paths, container)
  const record = await readRecord(host, paths, container)
  if (record === undefined || running === undefined || record.stopped || running.run !== run) return
  const code = (await exitCodeOf(host, paths, running.id)) ?? 1
  const ranMs = Date.now() - Date.parse(running.startedAt)
  const decision = onExit(record.spec, { code, ranMs, restarts: running.restarts, held: running.held })
  if (decision.action === 'leave') return
  const [waitMs, restarts] =
    decision.action === 'restart' ? [decision.delayMs, decision.restarts] : [0, running.restarts]
  // Whoever looks meanwhile sees a container that is about to come back, and not a dead one.
  const { waiting } = containerLayout(paths, container)
  await host.writeFile(waiting, JSON.stringify(await host.processIdentity(host.system.pid)))
  await delay(waitMs)
  await asCallback(write, container, async () => {
    if ((await readRecord(host, paths, container))?.run !== run) return
    // A start that fails again comes back here through its own callback.
    await relaunch(write, container, { self, restarts, held: decision.action === 'hold' }).catch((error: unknown) =>
      noteFailure(write, container, error),
    )
  })
  await host.removeTree(waiting)
}

/** For whoever looks at it: nobody reads what this process prints. */
async function noteFailure({ host, paths }: WriteContext, container: Address, error: unknown): Promise<void> {
  const record = await readRecord(host, paths, container)
  if (record === undefined) return
  await writeNotRestarted({ host, paths }, container, { run: record.run, message: toDiagnostic(error).message })
}

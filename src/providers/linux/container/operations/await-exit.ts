import { setTimeout as delay } from 'node:timers/promises'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { AwaitedExit } from '../../../container-verbs.ts'
import type { ReadContext } from '../../../provider.ts'
import { inspect } from '../process/container-state.ts'
import { lastExits } from '../process/exit-record.ts'
import { awaitExitCode } from '../process/read-exit-code.ts'

/** Time between two observations of a container, milliseconds. */
const interval = 100

/** Waits until the present run of a container has ended; at once if it does not run. Raises if `signal` is aborted. */
export async function awaitExit(
  read: () => ReadContext,
  container: ResourceAddress,
  signal: AbortSignal,
): Promise<AwaitedExit> {
  const first = (await inspect(read(), container))?.running
  for (;;) {
    const now = await inspect(read(), container)
    const isSame = now?.running?.run === first?.run
    if (now === undefined || !isSame || !(hasProcess(now.state) || now.state === 'created')) break
    await delay(interval, undefined, { signal })
  }
  if (first === undefined) return { exitCode: null }
  const exits = await lastExits(read(), container)
  const recorded = exits.find(({ run }) => run === first.run)?.exitCode
  return { exitCode: recorded ?? (await awaitExitCode(read(), first.id)) ?? null }
}

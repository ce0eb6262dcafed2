import type { InstanceEvent } from '../../../model/event.ts'
import { isOwned } from '../../../model/observation.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { exitEvent } from '../../../reconciler/engine/exited.ts'
import { withEngine } from '../../engine-session.ts'
import type { CommonOptions } from '../../terminal.ts'

/**
 * The last exits of containers with `restart: "no"`, as events: nothing of HeroPods runs when they exit, so they are read from the host.
 * `stack`: only of this one.
 */
export const recordedExits = (stack: string | undefined, options: CommonOptions): Promise<readonly InstanceEvent[]> =>
  withEngine(options, async (engine) => {
    const { observations } = await engine.observe()
    const found: InstanceEvent[] = []
    for (const [address, one] of observations) {
      if (!isOwned(one, 'container') || one.spec?.restart.policy !== 'no') continue
      if (stack !== undefined && parseResourceAddress(address).stack !== stack) continue
      const { exits } = await engine.details(address, one.actual.id)
      for (const exit of exits)
        if (exit.isUnplanned)
          found.push({ ...exitEvent(address, exit), id: `${Date.parse(exit.endedAt)}-0`, time: exit.endedAt })
    }
    return found
  })

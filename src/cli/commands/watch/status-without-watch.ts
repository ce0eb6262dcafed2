import type { StackStatus } from '../../../model/status.ts'
import { recordedStacks } from '../../../reconciler/history/recorded-stacks.ts'
import { instantOf, systemClock } from '../../../watch/clock.ts'
import { recordedNames, recordedStatus } from '../../../watch/status/recorded-status.ts'
import { withEngine } from '../../engine-session.ts'
import type { CommonOptions } from '../../terminal.ts'

/** The status of stacks while no watch runs: the observed host, compared with the last run of each stack. */
export const unwatchedStacks = (options: CommonOptions): Promise<readonly StackStatus[]> =>
  withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    const [generations, holder] = await Promise.all([engine.generations(), engine.lockHolder()])
    const recorded = { generations, records: await recordedStacks(engine), isBusy: holder !== undefined }
    return recordedStatus(recordedNames(recorded, snapshot), recorded, snapshot, {
      before: [],
      now: instantOf(systemClock),
      isWatched: false,
    })
  })

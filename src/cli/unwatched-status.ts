import { own } from '../model/own.ts'
import { parseAddress } from '../providers/provider.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import { keep } from '../watch/kept.ts'
import type { DriftReport, StackStatus } from '../watch/status.ts'
import { statusOf } from '../watch/status-of.ts'
import type { CommonOptions } from './context.ts'
import { reading } from './instance-session.ts'

/** Stacks as the host shows them where no watch is at work: nobody has told what is to be, but for what was applied. */
export const unwatchedStacks = (options: CommonOptions): Promise<readonly StackStatus[]> =>
  reading(options, async (session) => {
    const snapshot = await observeAll(session)
    const generations = await session.state.generations()
    const names = [...new Set([...snapshot.resources.keys()].map((at) => parseAddress(at).stack))]
    const kept = names.map((name) => {
      const mine = generations.filter((one) => own(one.stacks, name) !== undefined)
      const good = mine.findLast((one) => one.result === 'done')
      const one = keep(name, '')
      one.memory = {
        ...one.memory,
        attempted: mine.at(-1)?.generation ?? null,
        applied: good?.generation ?? null,
        appliedAt: good?.time ?? null,
        files: own(mine.at(-1)?.stacks, name)?.files.map((file) => file.path) ?? [],
      }
      return one
    })
    const statuses = statusOf(kept, snapshot, new Date())
    // Objects tell their drift themselves; what makes up a stack's is the sum.
    for (const one of kept)
      one.drift = statuses
        .filter((status) => status.stack === one.name)
        .flatMap(({ objects }) =>
          objects.flatMap(({ address, drift }): DriftReport[] => drift.map((text) => ({ address, text }))),
        )
    return statusOf(kept, snapshot, new Date())
  })

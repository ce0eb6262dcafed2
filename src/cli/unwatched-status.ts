import { type Address, entriesOf, parseAddress } from '../model/address.ts'
import type { DriftReport, ObjectStatus, StackStatus } from '../model/status.ts'
import { lastRunOf } from '../reconciler/history/last-run.ts'
import { track } from '../watch/controller/stack-state.ts'
import { statusOf } from '../watch/status/status-of.ts'
import type { CommonOptions } from './context.ts'
import { reading } from './instance-session.ts'

/** Stacks as the host shows them where no watch is at work, held against the newest run that concerned each. */
export const unwatchedStacks = (options: CommonOptions): Promise<readonly StackStatus[]> =>
  reading(options, async (engine) => {
    const snapshot = await engine.observe()
    const [generations, holder] = await Promise.all([engine.generations(), engine.lockHolder()])
    const running = holder && generations.at(-1)?.result === 'started' ? generations.at(-1)?.generation : undefined
    const standing = [...snapshot.resources.keys()].map((at) => parseAddress(at).stack)
    const records = await engine.stackRecords([...new Set(generations.flatMap((one) => Object.keys(one.stacks)))])
    const kept = [...new Set([...standing, ...records.keys()])].map((name) => {
      const { attempted, applied, failure } = lastRunOf(name, generations, running)
      const one = track(name, '')
      one.lastError = failure
      one.memory = {
        ...one.memory,
        attempted: attempted?.generation ?? null,
        applied: applied?.generation ?? null,
        appliedAt: applied?.time ?? null,
        files: attempted?.stacks[name]?.files.map((file) => file.path) ?? [],
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
    return statusOf(kept, snapshot, new Date()).map((status) => {
      const meant = entriesOf(records.get(status.stack)?.resources ?? {}).map(([at]) => at)
      const absent = meant.filter((at) => !snapshot.resources.has(at)).map(absentObject)
      return { ...status, objects: [...status.objects, ...absent] }
    })
  })

/** What the newest run was to make, and has not. */
const absentObject = (address: Address): ObjectStatus => ({
  address,
  kind: parseAddress(address).kind,
  state: 'absent',
  health: null,
  drift: [],
})

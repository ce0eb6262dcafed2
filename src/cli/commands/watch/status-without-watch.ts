import { type Address, entriesOf, parseAddress } from '../../../model/address.ts'
import type { DriftReport, ObjectStatus, StackStatus } from '../../../model/status.ts'
import { lastRunOf } from '../../../reconciler/history/last-run.ts'
import { track } from '../../../watch/controller/stack-state.ts'
import { statusOf } from '../../../watch/status/status-of.ts'
import { withEngine } from '../../engine-session.ts'
import type { CommonOptions } from '../../terminal.ts'

/** The status of stacks while no watch runs: the observed host, compared with the last run of each stack. */
export const unwatchedStacks = (options: CommonOptions): Promise<readonly StackStatus[]> =>
  withEngine(options, async (engine) => {
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
    // The drift of a stack is the drift of all its objects.
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

/** An object that the last run was to create and that does not exist. */
const absentObject = (address: Address): ObjectStatus => ({
  address,
  kind: parseAddress(address).kind,
  state: 'absent',
  health: null,
  drift: [],
})

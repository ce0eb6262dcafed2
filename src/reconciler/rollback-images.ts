import { recordedResource } from '../model/desired.ts'
import { imageHistoryLimit } from '../model/generation.ts'
import { imageDigestsOf } from '../model/kinds/rules/rules.ts'
import { entriesOf } from '../model/resource-address.ts'
import type { State } from '../state/state.ts'
import { revisionsOf } from './history/history.ts'

/** Digests of the images that a rollback to one of the newest good generations needs. */
export async function digestsForRollback(state: State): Promise<ReadonlySet<string>> {
  const [history, generations] = await Promise.all([state.history(), state.generations()])
  const good = new Set(
    generations
      .filter((one) => one.result === 'done')
      .slice(-imageHistoryLimit)
      .map((one) => one.generation),
  )
  const digests = new Set<string>()
  for (const { generation, document } of revisionsOf(history)) {
    if (!good.delete(generation)) continue
    for (const { resources } of document.values())
      for (const [address, spec] of entriesOf(resources)) {
        const resource = recordedResource(address, spec)
        for (const digest of resource ? imageDigestsOf(resource) : []) digests.add(digest)
      }
    if (good.size === 0) break
  }
  return digests
}

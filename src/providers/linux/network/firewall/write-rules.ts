import type { WriteContext } from '../../../provider.ts'
import { lockOf } from '../ip-batch.ts'
import { readNetworkRecords, readUnusableRecords } from '../records.ts'
import { rulesKeeping } from './keep-rules.ts'
import { readRules, renderRestore, standingRules } from './parse-rules.ts'
import { chainPrefix, type Table } from './rules.ts'

/** Filter before nat when opening, the other way round when closing: no moment in which a port leads past the filter. */
export const opening: readonly Table[] = ['raw', 'filter', 'nat']
export const closing: readonly Table[] = ['nat', 'filter', 'raw']

/**
 * Makes the instance's rules what its records say, in one run. iptables-restore commits table by table, and a failing one undoes its own
 * alone: what was committed before it is put back, so that a batch is done or changes nothing. `--test` does not find
 * what only the kernel refuses.
 */
export async function writeRules(write: WriteContext, order: readonly Table[]): Promise<void> {
  const { id } = write.paths
  const prefix = chainPrefix(id)
  const [records, before] = await Promise.all([readNetworkRecords(write.host, write.paths), readRules(write)])
  const restore = (input: string) =>
    write.host.run({ program: 'iptables-restore', args: ['--noflush', '--wait', '10'], input, ...lockOf(write) })
  const unreadable = [...(await readUnusableRecords(write.host, write.paths, records)).keys()]
  const input = renderRestore(rulesKeeping(id, records, unreadable, before), before, prefix, order)
  if (input === '') return
  try {
    await restore(input)
  } catch (error) {
    const back = renderRestore(standingRules(before, prefix), await readRules(write), prefix, [...order].reverse())
    // What keeps the rules from being put back is in the way of every rule: the first failure says it.
    if (back !== '') await restore(back).catch(() => undefined)
    throw error
  }
}

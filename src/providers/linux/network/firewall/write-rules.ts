import type { WriteContext } from '../../../provider.ts'
import { readNetworkRecords, readUnusableRecords } from '../records/records.ts'
import type { Direction } from './backend.ts'
import { firewallBackend } from './backend-registry.ts'
import { firewallRules } from './rules.ts'

/** Writes the instance's rules, which are derived from its records. */
export async function writeRules(write: WriteContext, direction: Direction): Promise<void> {
  const { host, paths } = write
  const records = await readNetworkRecords(host, paths)
  const unusable = [...(await readUnusableRecords(host, paths, records)).keys()]
  const ruleset = firewallRules(paths.id, records)
  await firewallBackend.commit(write, { instance: paths.id, ruleset, unusable: unusable }, direction)
}

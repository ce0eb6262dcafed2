import type { Paths } from '../host/files/paths.ts'
import type { HostReader } from '../host/host.ts'
import { readPlanCopy } from './copy.ts'
import { emptyState } from './empty-state.ts'
import { type FieldSource, type Fields, type HashName, RecordReader } from './record-reader.ts'
import type { RecordsCopy } from './records-copy.ts'
import type { State } from './state.ts'

/** Reads fields from the copy on disk. */
export const copySource = (copy: RecordsCopy | undefined): FieldSource => {
  const all: Readonly<Partial<Record<HashName, Fields>>> = copy?.fields ?? {}
  const fieldsOf = (name: HashName): Fields => all[name] ?? {}
  return {
    readHashes: async (names) => names.map(fieldsOf),
    readFields: async (name, fields) => fields.map((field) => fieldsOf(name)[field] ?? null),
  }
}

/**
 * The records of the copy on disk, for readers of an instance whose own server does not run. Readers start no server.
 * `inventoryUnknown`: only the server has the inventory.
 */
export function copyState(
  host: HostReader,
  paths: Paths,
  copy: RecordsCopy | undefined,
  inventoryUnknown: boolean,
): State {
  const reader = new RecordReader(copySource(copy), () => undefined)
  return {
    ...emptyState,
    read: async () => ({
      ...(await emptyState.read()),
      leases: reader.leasesOf(copy?.fields.leases ?? {}),
      generation: copy?.generation ?? 0,
      inventoryUnknown,
    }),
    generations: () => reader.generations(),
    plan: (generation) => readPlanCopy(host, paths, generation),
    records: (stacks) => reader.records(stacks),
    history: () => reader.history(),
    sealed: () => reader.sealed(),
  }
}

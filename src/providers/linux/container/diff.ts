import type { Change, Diff } from '../../../model/change.ts'
import type { ContainerActual, ContainerSpec } from '../../../model/kinds/container.ts'
import { containerClassOf } from '../../../model/kinds/container-classes.ts'
import { inCanonicalOrder } from '../../../model/kinds/container-order.ts'
import type { OwnedOf } from '../../../model/observation.ts'
import { fieldChanges } from '../field-changes.ts'

/** What a container lacks to be what is wanted: changed fields and drift, live unless one of them needs a new process. Pure. */
export function diffContainer(desired: ContainerSpec, { spec, actual }: OwnedOf<'container'>): Diff {
  const sameImage = spec?.image_digest === desired.image_digest
  const fields = specChanges(spec, desired)
    .map((change) => tooSmall(change, actual))
    // Where only the name of its image changes, what runs stays what it is.
    .map((change) => (change.path === '/image' && sameImage ? { ...change, class: 'live' as const } : change))
  const drift = actual.drift.map(
    ({ text, part, class: mend }): Change => ({
      path: `/host/${part}`,
      before: text,
      after: undefined,
      class: mend,
      drift: text,
    }),
  )
  const renamed: readonly Change[] =
    actual.renamedFrom === undefined
      ? []
      : [{ path: '/name', before: actual.renamedFrom, after: undefined, class: 'live' }]
  const changes = [...fields, ...renamed, ...drift]
  if (changes.length === 0) return { action: 'keep' }
  return { action: changes.some((change) => change.class === 'recreate') ? 'recreate' : 'update', changes }
}

/** Fields in which two specs differ, whatever the order of lists that have none. */
export function specChanges(before: ContainerSpec | undefined, after: ContainerSpec): readonly Change[] {
  const changes = fieldChanges(before, after, containerClassOf)
  if (before === undefined || changes.length === 0) return changes
  return fieldChanges(inCanonicalOrder(before), inCanonicalOrder(after), containerClassOf)
}

/** The kernel refuses (v1) or kills (v2) where a memory limit falls below what is in use: that takes a new process. */
function tooSmall(change: Change, { memoryUsage }: ContainerActual): Change {
  const limit = change.path === '/mem_limit' ? Number(change.after) : 0
  return limit > 0 && memoryUsage !== undefined && limit < memoryUsage ? { ...change, class: 'recreate' } : change
}

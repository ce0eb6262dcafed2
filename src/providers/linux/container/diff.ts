import type { Change, Diff } from '../../../model/change.ts'
import type { ContainerActual, ContainerSpec } from '../../../model/kinds/container.ts'
import { containerRules } from '../../../model/kinds/rules/container.ts'
import type { OwnedOf } from '../../../model/observation.ts'

/** The difference of a container from its desired spec: changed fields and drift. The action is `update` unless one of them needs a new process. Pure. */
export function diffContainer(desired: ContainerSpec, { spec, actual }: OwnedOf<'container'>): Diff {
  const sameImage = spec?.image_digest === desired.image_digest
  const fields = containerRules
    .changes(spec, desired)
    .map((change) => tooSmall(change, actual))
    // If only the name of the image changes, the process stays.
    .map((change) => (change.path === '/image' && sameImage ? { ...change, class: 'live' as const } : change))
  const drift = actual.drift.map(
    ({ text, part, class: changeClass, field, since, isDown }): Change => ({
      path: `/host/${part}`,
      before: text,
      after: undefined,
      class: changeClass,
      drift: text,
      ...(field && { driftedField: field }),
      ...(since !== undefined && { since }),
      ...(isDown && { isDown }),
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

/** A memory limit below the memory in use needs a new process: the kernel refuses it (v1) or kills processes (v2). */
function tooSmall(change: Change, { memoryUsage }: ContainerActual): Change {
  const limit = change.path === '/mem_limit' ? Number(change.after) : 0
  return limit > 0 && memoryUsage !== undefined && limit < memoryUsage ? { ...change, class: 'recreate' } : change
}

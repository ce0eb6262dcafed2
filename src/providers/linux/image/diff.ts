import type { Change, ChangeClass, Diff } from '../../../model/change.ts'
import { fieldChanges } from '../../../model/diff/field-changes.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { OwnedOf } from '../../../model/observation.ts'

/** An archive is compared by its content (the digest), not by its path. */
const classOf = (field: string, path: string): ChangeClass | undefined =>
  field === 'digest' || path === '/source/path' ? undefined : 'live'

const filesGone: Change = {
  path: '/unpacked',
  before: false,
  after: true,
  class: 'live',
  drift: 'its unpacked files are gone',
}

/** The changes that make an existing image equal to its spec. All have the class `live`: containers that use the image have changes of their own. Pure. */
export function diffImage(desired: ImageSpec, { spec, actual }: OwnedOf<'image'>): Diff {
  const digest: Change = { path: '/digest', before: actual.digest, after: desired.digest, class: 'live' }
  const changes = [
    ...fieldChanges(spec, desired, classOf),
    ...(desired.digest === actual.digest ? [] : [digest]),
    ...(actual.unpacked ? [] : [filesGone]),
  ]
  return changes.length === 0 ? { action: 'keep' } : { action: 'update', changes }
}

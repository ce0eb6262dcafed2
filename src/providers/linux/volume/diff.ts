import type { Change, Diff } from '../../../model/change.ts'
import { volumeRules } from '../../../model/kinds/rules/volume.ts'
import type { VolumeActual, VolumeSpec } from '../../../model/kinds/volume.ts'
import type { OwnedOf } from '../../../model/observation.ts'

const folderGone: Change = {
  path: '/data',
  before: undefined,
  after: 'folder',
  class: 'live',
  drift: 'its folder is gone',
}

/** The changes of a volume. All have the class `live`. Pure. */
export function diffVolume(desired: VolumeSpec, { spec, actual }: OwnedOf<'volume'>): Diff {
  const fields = volumeRules.changes(actual.unrecorded ? undefined : spec, desired)
  const changes = [...fields, ...(actual.missing ? [folderGone] : []), ...mountChanges(actual)]
  return changes.length === 0 ? { action: 'keep' } : { action: 'update', changes }
}

const mountChanges = ({ mountFault, missing }: VolumeActual): readonly Change[] =>
  mountFault === undefined || missing
    ? []
    : [{ path: '/host', before: mountFault, after: undefined, class: 'live', drift: mountFault }]

import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules } from '../../kind-rules.ts'
import { isRemote, isTemporary } from '../volume.ts'

export const volumeRules: KindRules<'volume'> = {
  references: () => [],
  // Another file system is a change of the containers that mount the volume.
  changes: (before, after) => fieldChanges(before, after, () => 'live'),
  mayErase: (spec) => spec?.protect !== true && !isRemote(spec),
  notErasedBecause: (spec) => (isRemote(spec) ? 'its data is on a server' : 'protected'),
  isTemporary,
}

import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules } from '../../kind-rules.ts'

export const imageRules: KindRules<'image'> = {
  references: () => [],
  // A new digest is a change of the containers that use the image.
  changes: (before, after) => fieldChanges(before, after, () => 'live'),
  imageDigests: ({ digest }) => (digest === undefined ? [] : [digest]),
}

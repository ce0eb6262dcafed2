import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules } from '../../kind-rules.ts'

export const imageRules: KindRules<'image'> = {
  references: () => [],
  // Containers that use an image change by themselves.
  changes: (before, after) => fieldChanges(before, after, () => 'live'),
  imageDigests: ({ digest }) => (digest === undefined ? [] : [digest]),
}

import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules } from '../../kind-rules.ts'

export const volumeRules: KindRules<'volume'> = {
  references: () => [],
  changes: (before, after) => fieldChanges(before, after, () => 'live'),
  mayErase: (spec) => spec?.protect !== true,
}

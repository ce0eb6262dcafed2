import type { Address } from '../../model/address.ts'
import type { Change } from '../../model/change.ts'

/** The reasons of steps, in words. A plan shows them after "because". */
export const reasons = {
  missing: 'not there',
  notDeclared: 'no longer declared',
  recordLost: 'its record is lost',
  recordRebuilt: 'its record is lost: rebuilt from the host',
  replacement: (reason: string) => `replaces the one above: ${reason}`,
  replacedBelow: (address: Address) => `${address} is replaced`,
} as const

/** The reason of a step that corrects these changes: changed fields first, then drift. Pure. */
export function changeReason(changes: readonly Change[]): string {
  const drifted = changes.flatMap(({ drift }) => (drift === undefined ? [] : [drift]))
  const fields = [...new Set(changes.filter(({ drift }) => drift === undefined).map(topField))]
  const changed = fields.length > 0 ? [`${fields.join(', ')} changed`] : []
  return [...changed, ...new Set(drifted)].slice(0, 4).join('; ')
}

const topField = ({ path }: Change): string => path.split('/')[1] ?? ''

import type { Change } from '../../model/change.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'

/** The reasons of steps, in words. */
export const reasons = {
  missing: 'does not exist',
  reused: 'its data stayed when it was released',
  notDeclared: 'no longer in the stack file',
  /** The number of replicas differs. */
  replicas: (count: number) => `replicas is ${count}`,
  removalAsked: 'you asked to remove it',
  /** Its data is to be erased, and its spec forbids it. */
  notErased: (reason: string, why: string) => `${reason}; ${why}`,
  notInGeneration: (generation: number) => `not in generation ${generation}`,
  recordLost: 'its record is lost',
  creationFailed: (failure: string) => `its creation failed in ${failure}`,
  recordRebuilt: 'its record is lost: rebuilt from the host',
  replacement: (reason: string) => `replaced: ${reason}`,
  replacedBelow: (address: ResourceAddress) => `${address} is replaced`,
} as const

/** The reason of a step that corrects these changes: changed fields first, then drift. Pure. */
export function changeReason(changes: readonly Change[]): string {
  const drifted = changes.flatMap(({ drift }) => (drift === undefined ? [] : [drift]))
  const fields = [...new Set(changes.filter(({ drift }) => drift === undefined).map(topField))]
  const changed = fields.length > 0 ? [`${fields.join(', ')} changed`] : []
  return [...changed, ...new Set(drifted)].slice(0, 4).join('; ')
}

const topField = ({ path }: Change): string => path.split('/')[1] ?? ''

import type { Change } from '../../model/change.ts'
import type { NetworkSpec } from '../../model/kinds/network.ts'
import type { NewFields } from '../describe.ts'

/** The fields of a new network that matter most to a reader. Pure. */
export const networkFields = (spec: NetworkSpec): NewFields => [
  ['subnet', spec.subnet],
  ['gateway', spec.gateway],
  ['internal', spec.internal || undefined],
]

/** True if a change follows from the containers on the network. Pure. */
export const isDerived = (change: Change): boolean => /^\/(members|hosts)(\/|$)/.test(change.path)

/** One change in the place of all that follow from the containers on the network. */
export const derivedChange: Change = {
  path: '/members',
  before: undefined,
  after: 'names and published ports of its containers',
  class: 'live',
}

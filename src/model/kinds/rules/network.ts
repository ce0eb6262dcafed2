import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules } from '../../kind-rules.ts'
import { networkClassOf } from '../classes/network-change-classes.ts'
import type { NetworkSpec } from '../network.ts'
import { sortedPorts } from '../published-ports.ts'

/** The order of a member's ports has no meaning; records of older versions have them in the order of the stack file. */
const withSortedPorts = (spec: NetworkSpec): NetworkSpec => ({
  ...spec,
  members: spec.members.map((member) => ({ ...member, ports: sortedPorts(member.ports) })),
})

export const networkRules: KindRules<'network'> = {
  references: () => [],
  changes: (before, after) => fieldChanges(before && withSortedPorts(before), withSortedPorts(after), networkClassOf),
  takesHostAddresses: true,
  recorded: (spec) => ({ ...spec, members: [], hosts: {} }),
}

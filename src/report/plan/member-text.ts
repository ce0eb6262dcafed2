import { groupBy } from '../../model/values/group-by.ts'
import { shortNames } from './names.ts'
import type { ItemChange } from './spec-items.ts'

export interface MemberChange {
  readonly sign: '+' | '-' | '~'
  readonly name: string
  /** Address and published ports of a new member; `(names)` if only the names of a member change. */
  readonly text: string
}

/** More new members than this are shown without their addresses. */
const fewMembers = 4

function memberChange({ before, after }: ItemChange, isShownElsewhere: boolean): MemberChange {
  if (after === undefined) return { sign: '-', name: before?.name ?? '', text: '' }
  const [name = '', text = after.text] = [after.name, after.created]
  const sign = before === undefined ? '+' : '~'
  const [[address, ports], [newAddress, newPorts]] = [partsOf(before), partsOf(after)]
  if (before !== undefined && address === newAddress)
    return { sign, name, text: ports === newPorts ? '(names)' : isShownElsewhere ? '(published ports)' : text }
  return { sign, name, text: isShownElsewhere ? '' : text }
}

/** The address of a member, and its published ports. */
function partsOf(item: ItemChange['after']): readonly [address: string, ports: string] {
  const [address = '', ...ports] = (item?.created ?? '').split(' ')
  return [address, ports.join(' ')]
}

/**
 * Containers that join, leave or change on a network, in one line: `+ app.4 10.20.0.7; - old.1-3`. `isShownElsewhere`: the plan shows the
 * address of this member at its container. Pure.
 */
export const memberText = (changes: readonly ItemChange[], isShownElsewhere: (change: ItemChange) => boolean): string =>
  memberChangesText(changes.map((one) => memberChange(one, isShownElsewhere(one))))

/** Changes with equal signs and texts together: `+ app.4 10.20.0.7; - old.1-3`. Pure. */
export function memberChangesText(all: readonly MemberChange[]): string {
  const isLong = all.filter(({ sign }) => sign === '+').length > fewMembers
  const shown = all.map((one) => (isLong && one.sign === '+' ? { ...one, text: '' } : one))
  return [...groupBy(shown, ({ sign, text }) => `${sign} ${text}`).values()]
    .map((some) => `${some[0]?.sign} ${shortNames(some.map(({ name }) => name))} ${some[0]?.text}`.trimEnd())
    .join('; ')
}

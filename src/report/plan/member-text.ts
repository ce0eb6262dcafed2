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
  if (isShownElsewhere) return { sign, name, text: '' }
  return { sign, name, text: before?.created === after.created ? '(names)' : text }
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

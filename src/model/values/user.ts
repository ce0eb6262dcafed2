/** The highest ID of a user or group. The next one, (uid_t) -1, means "no change" to the kernel. */
export const highestId = 4_294_967_294

const idRule = `A user or group is a name or a number from 0 to ${highestId}`

/** The ID of a user or group; undefined if the text is not a number. Throws an Error if the number is out of range. */
export function parseId(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const id = /^\d+$/.test(text) ? Number(text) : -1
  if (id < 0 || id > highestId) throw new Error(`"${text}" is not a user or group. ${idRule}`)
  return id
}

/** A name in passwd(5) or group(5), or an ID. */
export type UserOrGroup = { readonly name: string } | { readonly id: number }

export interface UserSpec {
  readonly user: UserOrGroup
  readonly group?: UserOrGroup
}

/** Separators of passwd(5) and group(5), blanks, slashes, control characters and surrogates. */
const notInName = /[\p{Cc}\p{Cs}\s:,/]/u

/** Parses a user or a group: a name or an ID. Throws an Error with the rule if it is invalid. */
export function parseUserOrGroup(text: string): UserOrGroup {
  const id = parseId(text)
  if (id !== undefined) return { id }
  if (text === '' || text.startsWith('-') || notInName.test(text))
    throw new Error(`${JSON.stringify(text)} is not a user or group. ${idRule}`)
  return { name: text }
}

/** `USER`, `USER:GROUP`, or `:GROUP` for root with this group, as in Docker. Throws an Error with the rule if it is invalid. */
export function parseUser(text: string): UserSpec {
  const [user = '', ...rest] = text.split(':')
  if (rest.length > 1) throw new Error(`${JSON.stringify(text)} is not USER or USER:GROUP`)
  const group = rest[0] ? parseUserOrGroup(rest[0]) : undefined
  return { user: user === '' ? { id: 0 } : parseUserOrGroup(user), ...(group && { group }) }
}

/** The highest user or group: one more, (uid_t) -1, means "leave it as it is" to the kernel. */
export const highestId = 4_294_967_294

const idRule = `A user or group is a name or a number from 0 to ${highestId}`

/** A number of a user or group; undefined where the text is not one. Throws where it is a number and out of range. */
export function parseId(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const id = /^\d+$/.test(text) ? Number(text) : -1
  if (id < 0 || id > highestId) throw new Error(`"${text}" is not a user or group. ${idRule}`)
  return id
}

/** A name in passwd(5) or group(5), to be looked up, or a number. */
export type UserOrGroup = { readonly name: string } | { readonly id: number }

export interface StatedUser {
  readonly user: UserOrGroup
  readonly group?: UserOrGroup
}

/** What such a file separates fields by, blanks, slashes and control characters. */
const notInName = /[\p{Cc}\p{Cs}\s:,/]/u

/** A user or a group, by name or number. Throws on anything else. */
export function parseUserOrGroup(text: string): UserOrGroup {
  const id = parseId(text)
  if (id !== undefined) return { id }
  if (text === '' || text.startsWith('-') || notInName.test(text))
    throw new Error(`${JSON.stringify(text)} is not a user or group. ${idRule}`)
  return { name: text }
}

/** `USER`, `USER:GROUP` or, for root's user, `:GROUP`, as Docker takes it. Throws on anything else. */
export function parseUser(text: string): StatedUser {
  const [user = '', ...rest] = text.split(':')
  if (rest.length > 1) throw new Error(`${JSON.stringify(text)} is not USER or USER:GROUP`)
  const group = rest[0] ? parseUserOrGroup(rest[0]) : undefined
  return { user: user === '' ? { id: 0 } : parseUserOrGroup(user), ...(group && { group }) }
}

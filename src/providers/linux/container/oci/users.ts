import { HeroPodsError } from '../../../../model/errors.ts'
import { plainTextFault } from '../../../../model/values/text.ts'
import { parseId, parseUser, parseUserOrGroup, type UserOrGroup } from '../../../../model/values/user.ts'

export interface ResolvedUser {
  readonly uid: number
  readonly gid: number
  readonly additionalGids: readonly number[]
  readonly home: string
}

/** The entries of a passwd or group text, each as its fields. */
const entriesOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 3)

/** Looks up `user[:group]` in a container's passwd and group texts, as Docker does. Raises `unknown-user`, `unknown-group`, `bad-user`. */
export function resolveUser(
  user: string,
  groupAdd: readonly string[],
  passwdText: string,
  groupText: string,
): ResolvedUser {
  const parsed = orBadUser(() => parseUser(user))
  const requested = parsed.user
  const isMatch = (fields: readonly string[]): boolean =>
    'id' in requested ? fields[2] === String(requested.id) : fields[0] === requested.name
  const entry = entriesOf(passwdText).find(isMatch)
  if (entry === undefined && 'name' in requested) throw unknownError('user', requested.name)
  const uid = 'id' in requested ? requested.id : idOf(entry?.[2] ?? '', 'passwd', requested.name)
  const gid = parsed.group
    ? groupId(parsed.group, groupText)
    : entry
      ? idOf(entry[3] ?? '', 'passwd', entry[0] ?? '')
      : 0
  // If a group is given, the other groups of the user are dropped, as Docker does.
  const memberships =
    parsed.group || entry === undefined
      ? []
      : entriesOf(groupText)
          .filter((fields) => (fields[3] ?? '').split(',').includes(entry[0] ?? ''))
          .map((fields) => idOf(fields[2] ?? '', 'group', fields[0] ?? ''))
  const added = groupAdd.map((name) =>
    groupId(
      orBadUser(() => parseUserOrGroup(name)),
      groupText,
    ),
  )
  const additionalGids = [...new Set([...memberships, ...added])].filter((id) => id !== gid)
  return { uid, gid, additionalGids, home: homeOf(entry?.[5], uid) }
}

function groupId(requested: UserOrGroup, groupText: string): number {
  if ('id' in requested) return requested.id
  const entry = entriesOf(groupText).find((fields) => fields[0] === requested.name)
  if (entry === undefined) throw unknownError('group', requested.name)
  return idOf(entry[2] ?? '', 'group', requested.name)
}

/** Parses a uid or gid of the image. A number out of range could become another user, even root. */
function idOf(text: string, file: 'passwd' | 'group', name: string): number {
  const id = orBadUser(
    () => parseId(text) ?? Number.NaN,
    `The image’s /etc/${file} gives ${JSON.stringify(name)} a number that cannot be used: `,
  )
  if (!Number.isNaN(id)) return id
  throw badUserError(
    `The image’s /etc/${file} gives ${JSON.stringify(name)} ${JSON.stringify(text)}, which is not a number.`,
  )
}

const homeOf = (home: string | undefined, uid: number): string =>
  home && plainTextFault('path', home) === undefined ? home : uid === 0 ? '/root' : '/'

/** The result of `parse`. Its error becomes `bad-user`. */
function orBadUser<T>(parse: () => T, messagePrefix = ''): T {
  try {
    return parse()
  } catch (error) {
    throw badUserError(`${messagePrefix}${(error as Error).message}.`)
  }
}

const badUserError = (message: string): HeroPodsError =>
  new HeroPodsError({ code: 'bad-user', message, hint: 'Set another user, or a number.' })

const unknownError = (kind: 'user' | 'group', name: string): HeroPodsError =>
  new HeroPodsError({
    code: `unknown-${kind}`,
    message: `The image has no ${kind} called "${name}".`,
    hint: `Use a ${kind} of its /etc/${kind === 'user' ? 'passwd' : 'group'}, or a number.`,
  })

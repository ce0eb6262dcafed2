import { HeroPodsError } from '../../../errors.ts'

export interface ResolvedUser {
  readonly uid: number
  readonly gid: number
  readonly additionalGids: readonly number[]
  readonly home: string
}

const records = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 3)

const isNumber = (text: string): boolean => /^\d+$/.test(text)

/** Looks up `user[:group]` in a container's passwd and group texts, as Docker does. Raises `unknown-user`, `unknown-group`. */
export function resolveUser(
  user: string | undefined,
  groupAdd: readonly string[],
  passwd: string,
  group: string,
): ResolvedUser {
  const [wanted = '0', wantedGroup] = (user || '0').split(':')
  const entry = records(passwd).find((fields) => (isNumber(wanted) ? fields[2] === wanted : fields[0] === wanted))
  if (entry === undefined && !isNumber(wanted)) throw unknown('user', wanted)
  const uid = Number(entry?.[2] ?? wanted)
  const gid = wantedGroup ? groupId(wantedGroup, group) : Number(entry?.[3] ?? 0)
  // With a group stated, the user's other groups are dropped, as Docker does.
  const memberships =
    wantedGroup || entry === undefined
      ? []
      : records(group)
          .filter((fields) => (fields[3] ?? '').split(',').includes(entry[0] ?? ''))
          .map((fields) => Number(fields[2]))
  const additionalGids = [...new Set([...memberships, ...groupAdd.map((name) => groupId(name, group))])].filter(
    (id) => id !== gid,
  )
  return { uid, gid, additionalGids, home: entry?.[5] || (uid === 0 ? '/root' : '/') }
}

function groupId(name: string, group: string): number {
  if (isNumber(name)) return Number(name)
  const entry = records(group).find((fields) => fields[0] === name)
  if (entry === undefined) throw unknown('group', name)
  return Number(entry[2])
}

const unknown = (kind: 'user' | 'group', name: string): HeroPodsError =>
  new HeroPodsError({
    code: `unknown-${kind}`,
    message: `The image has no ${kind} called "${name}".`,
    hint: `Give a ${kind} of its /etc/${kind === 'user' ? 'passwd' : 'group'}, or a number.`,
  })

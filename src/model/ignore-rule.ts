import { kinds } from './address.ts'

/** Differences that are left as they are, stated as `KIND/NAME[:POINTER]`. */
export interface IgnoreRule {
  /** As stated. */
  readonly text: string
  readonly kind: RegExp
  readonly name: RegExp
  /** Matches the JSON pointer of a change; undefined: the whole object is left alone. */
  readonly pointer: RegExp | undefined
}

/**
 * Reads a rule such as `container/web:/mem_limit`, `network/*:/host` or `container/batch-*`. `*` stands for any text, in a pointer
 * within one part. A pointer means the field and all below it; a container's key means all its replicas. Throws with a sentence's tail
 * on anything else.
 */
export function parseIgnore(text: string): IgnoreRule {
  // Names of images hold colons, too; no name has one before a slash.
  const [object = '', ...rest] = text.split(/:(?=\/|$)/)
  const pointer = rest.length > 0 ? rest.join(':') : undefined
  const [kind = '', ...names] = object.split('/')
  const name = names.join('/')
  if (kind === '' || name === '') throw bad(text, 'write KIND/NAME or KIND/NAME:POINTER')
  const kindPattern = glob(kind, '.*')
  if (!kinds.some((one) => kindPattern.test(one))) throw bad(text, `"${kind}" is none of ${kinds.join(', ')}`)
  if (pointer === '' || pointer === '/') throw bad(text, 'its pointer is empty: write one as /mem_limit, or none')
  return {
    text,
    kind: kindPattern,
    name: glob(name, '.*'),
    pointer: pointer === undefined ? undefined : glob(pointer.replace(/(\/\*)+$/, '') || '/*', '[^/]*', '(/.*)?'),
  }
}

const glob = (pattern: string, any: string, end = ''): RegExp =>
  new RegExp(`^${pattern.split('*').map(escaped).join(any)}${end}$`)

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const bad = (text: string, why: string): Error => new Error(`"${text}" is no rule of what to ignore: ${why}`)

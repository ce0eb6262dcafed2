import { kinds } from './resource-address.ts'

/** A rule about differences that watch ignores, written as `KIND/NAME[:POINTER]`. */
export interface IgnoreRule {
  /** The rule as it is written. */
  readonly text: string
  readonly kind: RegExp
  readonly name: RegExp
  /** Matches the JSON pointer of a change; undefined: all changes of the object are ignored. */
  readonly pointer: RegExp | undefined
}

/**
 * Parses a rule such as `container/web:/mem_limit`, `network/*:/host` or `container/batch-*`. `*` matches any text, in a pointer within
 * one segment. A pointer matches the field and all fields below it; the key of a container matches all its replicas. Throws an Error with
 * the reason if the text is not a rule.
 */
export function parseIgnore(text: string): IgnoreRule {
  // Names of images contain colons, but no name contains one before a slash.
  const [object = '', ...rest] = text.split(/:(?=\/|$)/)
  const pointer = rest.length > 0 ? rest.join(':') : undefined
  const [kind = '', ...names] = object.split('/')
  const name = names.join('/')
  if (kind === '' || name === '') throw bad(text, 'write KIND/NAME or KIND/NAME:POINTER')
  const kindPattern = glob(kind, '.*')
  if (!kinds.some((one) => kindPattern.test(one))) throw bad(text, `"${kind}" is not one of ${kinds.join(', ')}`)
  if (pointer === '' || pointer === '/')
    throw bad(text, 'its pointer is empty: write e.g. /mem_limit, or remove the colon')
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

const bad = (text: string, why: string): Error => new Error(`"${text}" is not a valid ignore rule: ${why}`)

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Versions of the containers of each stack, by key. */
type Stacks = ReadonlyMap<string, ReadonlyMap<string, string>>

/** What the host is to be while a folder stays as it is. */
export interface Stated {
  readonly stacks: Stacks
  /** Stacks that are kept as they were, since their files are wrong or their version does not stay up. */
  readonly degraded: ReadonlySet<string>
  /** Whether a file is wrong: nothing is taken away meanwhile. */
  readonly wrong: boolean
}

export const nothing: Stated = { stacks: new Map(), degraded: new Set(), wrong: false }

/** What a version runs that does not stay up. */
export const bad = 'exit 3'
/** What makes a file wrong; git's marks of a conflict do so, too. */
export const garbage = 'broken: ['
const isWrongText = (text: string): boolean => text.includes(garbage) || text.includes('<<<<<<<')

/**
 * What a folder states, by the promises of `heropods watch`, after it stated `before`. It shares nothing with the code under test and
 * reads no YAML, but the lines that the play writes.
 */
export function statedBy(folder: string, before: Stated): Stated {
  const files = filesIn(folder)
  if (files.length === 0) return before
  const stacks = new Map<string, ReadonlyMap<string, string>>()
  const degraded = new Set<string>()
  let wrong = false
  for (const stack of new Set(files.map((file) => file.stack))) {
    const own = files.filter((file) => file.stack === stack)
    const texts = [...own.flatMap((file) => file.included), ...own.map((file) => file.text)]
    const isWrong = own.filter((file) => !file.overlay).length !== 1 || texts.some(isWrongText)
    const known = before.stacks.get(stack)
    if (isWrong || texts.some((text) => text.includes(bad))) degraded.add(stack)
    if (!degraded.has(stack)) stacks.set(stack, containersIn(texts, own.map((file) => file.page).join('')))
    else if (known) stacks.set(stack, known)
    wrong ||= isWrong
  }
  for (const [stack, known] of before.stacks) if (wrong && !stacks.has(stack)) stacks.set(stack, known)
  return { stacks, degraded, wrong }
}

interface StackFile {
  readonly text: string
  readonly stack: string
  readonly overlay: boolean
  readonly included: readonly string[]
  /** Content of the config that it names. */
  readonly page: string
}

const filesIn = (folder: string): readonly StackFile[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => /^[^._].*\.ya?ml$/.test(name))
    .map((name) => {
      const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
      const text = read(name)
      const [, include] = /^include: \[(.*)\]$/m.exec(text) ?? []
      const [, config] = /file: (\S+) /.exec(text) ?? []
      return {
        text,
        stack: /name: (\w+)/.exec(text)?.[1] ?? '',
        overlay: text.includes('kind: Overlay'),
        included: include === undefined ? [] : [read(include)],
        page: config === undefined ? '' : read(config).trim(),
      }
    })
    .sort((left, right) => Number(left.overlay) - Number(right.overlay))

/** Later texts win. */
function containersIn(texts: readonly string[], page: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, key = '', version] of texts.join('\n').matchAll(/^ {2}(\w+): \{.*command: \[(?:sleep, "(\d+)"|sh)/gm))
    found.set(key, version ?? page)
  return found
}

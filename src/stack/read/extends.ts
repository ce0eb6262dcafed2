import { messageOf } from '../../model/errors.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { isRecord } from '../../model/values/unknown.ts'
import type { Problems } from '../check/problem.ts'
import { didYouMean, sentence } from '../check/suggest.ts'
import { mergeMaps } from './merge.ts'

type Data = Readonly<Record<string, unknown>>
type Containers = Readonly<Record<string, Data>>

/** Fields that a container does not inherit, as in Compose. */
const notInherited = ['extends', 'depends_on', 'profiles']

/** The longest chain of `extends`. A longer one is a mistake, and would overflow the call stack. */
const maxDepth = 100
const tooDeep = `its chain of \`extends\` is longer than ${maxDepth}`

/** A container merged with the one that it extends, and the length of the chain. */
interface Expanded {
  readonly data: Data
  readonly depth: number
}

/**
 * Merges containers with those that they extend. `readFile` returns the containers of another file (not validated, with absolute paths), or
 * throws an Error with the reason. Failures are added to `problems`.
 */
export async function withExtends(
  containers: Containers,
  readFile: (file: string) => Promise<Containers>,
  problems: Problems,
): Promise<Containers> {
  // Many containers may extend the same one, so each is expanded once, and each file is read once.
  const expanded = new Map<string, Promise<Expanded>>()
  const files = new Map<string, Promise<Containers>>()
  const once = <T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const found = known.get(key) ?? make()
    known.set(key, found)
    return found
  }
  const expand = async (inFile: string, all: Containers, name: string, chain: readonly string[]): Promise<Expanded> => {
    const container = ownValue(all, name) ?? {}
    if (container.extends === undefined) return { data: container, depth: 0 }
    const declared = isRecord(container.extends) ? container.extends : { service: container.extends }
    const service = String(declared.service)
    const file = declared.file === undefined ? inFile : String(declared.file)
    const from = file === inFile ? all : await once(files, file, () => readFile(file))
    const key = `${file}#${service}`
    if (chain.includes(key))
      throw new Error(`it extends itself (${[...chain, key].map((one) => one.split('#').at(-1)).join(' -> ')})`)
    if (chain.length > maxDepth) throw new Error(tooDeep)
    if (!isRecord(ownValue(from, service))) {
      const near = problems.full ? '' : didYouMean(service, Object.keys(from))
      throw new Error(`there is no container "${service}"${file ? ` in ${file}` : ''} to extend.${near}`)
    }
    const { data: base, depth } = await once(expanded, key, () => expand(file, from, service, [...chain, key]))
    if (depth >= maxDepth) throw new Error(tooDeep)
    const inherited = Object.fromEntries(Object.entries(base).filter(([field]) => !notInherited.includes(field)))
    const { extends: _, ...rest } = container
    return { data: mergeMaps(inherited, rest), depth: depth + 1 }
  }
  const result: Record<string, Data> = {}
  for (const [name, container] of Object.entries(containers)) {
    result[name] = container
    if (!isRecord(container) || container.extends === undefined) continue
    try {
      result[name] = (await once(expanded, `#${name}`, () => expand('', containers, name, [`#${name}`]))).data
    } catch (error) {
      problems.add(
        'bad-extends',
        ['containers', name, 'extends'],
        sentence(`"${name}": ${messageOf(error)}`),
        'Name an existing container, or write `{ file: FILE, service: NAME }`.',
      )
      problems.suppress([['containers', name]])
    }
  }
  return result
}

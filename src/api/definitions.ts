import { join } from 'node:path'
import type { Container as ContainerFields, Image as ImageFields } from '../generated/stack-file.ts'
import { refusedError } from '../model/errors.ts'
import { object, parseAs, type Shape } from '../model/values/shape.ts'
import type { Instance } from './instance.ts'

type DefinitionPlace = Pick<Instance, 'host' | 'paths'>

/** The type of a definition, by its kind. The fields are those of stack files. */
export interface DefinitionByKind {
  readonly containers: ContainerFields
  readonly images: ImageFields
}

type DefinitionKind = keyof DefinitionByKind

const folderOf = ({ paths }: DefinitionPlace, kind: DefinitionKind): string => join(paths.data, 'library', kind)
const fileOf = (instance: DefinitionPlace, kind: DefinitionKind, name: string): string =>
  join(folderOf(instance, kind), `${name}.json`)

/**
 * The stored definition; undefined: there is none. Definitions are files of mode 0600, because they may hold passwords. Callers validate
 * names. Raises `record-damaged` (refused).
 */
export async function readDefinition<S extends DefinitionKind>(
  instance: DefinitionPlace,
  kind: S,
  name: string,
): Promise<DefinitionByKind[S] | undefined> {
  const path = fileOf(instance, kind, name)
  const text = await instance.host.readFile(path)
  if (text === undefined) return undefined
  const { value, problem } = parseAs(definitionShape<S>(), text)
  if (problem === undefined) return value
  throw refusedError({
    code: 'record-damaged',
    message: `The definition ${path} of the ${kind === 'containers' ? 'container' : 'image'} ${name} is damaged: it ${problem}.`,
    hint: `Correct the JSON, or define ${name} again with \`reset: true\`. To forget it: \`rm '${path}'\`.`,
  })
}

/** Only checks for an object; the schema of stack files is checked each time the definition is used. */
const definitionShape = <S extends DefinitionKind>(): Shape<DefinitionByKind[S]> => object({})

export const writeDefinition = <S extends DefinitionKind>(
  instance: DefinitionPlace,
  kind: S,
  name: string,
  definition: DefinitionByKind[S],
): Promise<void> => instance.host.writeFile(fileOf(instance, kind, name), JSON.stringify(definition))

export const removeDefinition = (instance: DefinitionPlace, kind: DefinitionKind, name: string): Promise<void> =>
  instance.host.removeFile(fileOf(instance, kind, name))

/** The defined names, sorted. */
export const definedNames = async (instance: DefinitionPlace, kind: DefinitionKind): Promise<readonly string[]> =>
  (await instance.host.readDir(folderOf(instance, kind)))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))

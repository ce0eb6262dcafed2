import { join } from 'node:path'
import type { Container as ContainerFields, Image as ImageFields } from '../generated/stack-file.ts'
import { isRecord } from '../model/values/unknown.ts'
import type { Instance } from './instance.ts'

/** The type of a definition, by its kind. The fields are those of stack files. */
export interface DefinitionByKind {
  readonly containers: ContainerFields
  readonly images: ImageFields
}

type DefinitionKind = keyof DefinitionByKind

const folderOf = ({ paths }: Instance, kind: DefinitionKind): string => join(paths.data, 'library', kind)
const fileOf = (instance: Instance, kind: DefinitionKind, name: string): string =>
  join(folderOf(instance, kind), `${name}.json`)

/** Definitions are files of mode 0600: they may hold passwords. Callers validate names. */
export async function readDefinition<S extends DefinitionKind>(
  instance: Instance,
  kind: S,
  name: string,
): Promise<DefinitionByKind[S] | undefined> {
  const text = await instance.host.readFile(fileOf(instance, kind, name))
  const data: unknown = text === undefined ? undefined : JSON.parse(text)
  return isDefinition<S>(data) ? data : undefined
}

/** Only checks for an object; the schema of stack files is checked each time the definition is used. */
const isDefinition = <S extends DefinitionKind>(data: unknown): data is DefinitionByKind[S] => isRecord(data)

export const writeDefinition = <S extends DefinitionKind>(
  instance: Instance,
  kind: S,
  name: string,
  definition: DefinitionByKind[S],
): Promise<void> => instance.host.writeFile(fileOf(instance, kind, name), JSON.stringify(definition))

export const removeDefinition = (instance: Instance, kind: DefinitionKind, name: string): Promise<void> =>
  instance.host.removeFile(fileOf(instance, kind, name))

/** The defined names, sorted. */
export const definedNames = async (instance: Instance, kind: DefinitionKind): Promise<readonly string[]> =>
  (await instance.host.readDir(folderOf(instance, kind)))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))

import { join } from 'node:path'
import type { Container as ContainerFields, Image as ImageFields } from '../generated/stack-file.ts'
import { isRecord } from '../model/values/unknown.ts'
import type { Instance } from './instance.ts'

/** What a program has defined under one name. The fields are those of stack files. */
export interface Definitions {
  readonly containers: ContainerFields
  readonly images: ImageFields
}

type Section = keyof Definitions

const folderOf = ({ paths }: Instance, section: Section): string => join(paths.data, 'library', section)
const fileOf = (instance: Instance, section: Section, name: string): string =>
  join(folderOf(instance, section), `${name}.json`)

/** Definitions are files of mode 0600: they may hold passwords. Names are valid before they get here. */
export async function readDefinition<S extends Section>(
  instance: Instance,
  section: S,
  name: string,
): Promise<Definitions[S] | undefined> {
  const text = await instance.host.readFile(fileOf(instance, section, name))
  const data: unknown = text === undefined ? undefined : JSON.parse(text)
  return isDefinition<S>(data) ? data : undefined
}

/** A definition is checked by the schema of stack files each time it is used. */
const isDefinition = <S extends Section>(data: unknown): data is Definitions[S] => isRecord(data)

export const writeDefinition = <S extends Section>(
  instance: Instance,
  section: S,
  name: string,
  definition: Definitions[S],
): Promise<void> => instance.host.writeFile(fileOf(instance, section, name), JSON.stringify(definition))

export const removeDefinition = (instance: Instance, section: Section, name: string): Promise<void> =>
  instance.host.removeFile(fileOf(instance, section, name))

/** The defined names, sorted. */
export const definedNames = async (instance: Instance, section: Section): Promise<readonly string[]> =>
  (await instance.host.readDir(folderOf(instance, section)))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))

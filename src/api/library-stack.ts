import type { Container as ContainerFields, Image as ImageFields } from '../generated/stack-file.ts'
import type { Resource, SecretValues } from '../model/desired.ts'
import { refusedError } from '../model/errors.ts'
import { libraryOwner, ownImage, withOwner } from '../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../model/resource-address.ts'
import { isRecord } from '../model/values/unknown.ts'
import { loadDesired } from '../stack/load.ts'
import { readDefinition } from './definitions.ts'
import type { Instance } from './instance.ts'

export const containerAddress = (name: string): ResourceAddress => resourceAddress(libraryOwner, 'container', name)
export const imageAddress = (name: string): ResourceAddress => resourceAddress(libraryOwner, 'image', name)

/** Returns the name. Raises `invalid` (refused). */
export function requireName(kind: 'container' | 'image', name: string): string {
  const longest = 63
  const isName = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(name) && name.length <= longest && !name.startsWith('x-')
  if (isName) return name
  throw refusedError({
    code: 'invalid',
    message: `${JSON.stringify(name)} is not a name of a ${kind}.`,
    hint: `Letters, digits, - and _, starting with a letter or digit, not with x-, at most ${longest} characters.`,
  })
}

/** Resources with the values behind their sensitive tokens. */
export interface Built {
  readonly resources: readonly Resource[]
  readonly secretValues: SecretValues
}

/** The resources of one container: itself, its image and the networks that it needs. Raises the problems of its fields (refused). */
export async function containerResources(
  instance: Instance,
  key: Buffer,
  name: string,
  fields: ContainerFields,
): Promise<Built> {
  const named = fields.image === undefined ? undefined : await readDefinition(instance, 'images', fields.image)
  const images = named && fields.image !== undefined ? { [fields.image]: named } : {}
  const { resources, secretValues } = await built(instance, key, { images, containers: { [name]: fields } })
  const address = containerAddress(name)
  const found = resources.get(address)
  if (found?.kind !== 'container') throw new Error(`the definition of ${name} has no container`)
  const others = [...resources.values()].filter((one) => one !== found && one.kind !== 'image')
  const image = resources.get(found.spec.image)
  const owned: readonly Resource[] =
    image?.kind !== 'image' || named !== undefined ? [found, ...(image ? [image] : [])] : withOwnImage(found, image)
  return { resources: [...owned, ...others].map((one) => withOwner(one, libraryOwner)), secretValues }
}

function withOwnImage(
  container: Resource & { kind: 'container' },
  image: Resource & { kind: 'image' },
): readonly Resource[] {
  const address = ownImage(container.address, parseResourceAddress(image.address).name)
  return [
    { ...container, spec: { ...container.spec, image: address } },
    { ...image, address },
  ]
}

/** The resource of a named image. Raises the problems of its fields (refused). */
export async function imageResources(
  instance: Instance,
  key: Buffer,
  name: string,
  fields: ImageFields,
): Promise<Built> {
  const { resources, secretValues } = await built(instance, key, { images: { [name]: fields } })
  return { resources: [...resources.values()].map((one) => withOwner(one, libraryOwner)), secretValues }
}

async function built(instance: Instance, key: Buffer, sections: object) {
  const stack = { apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name: libraryOwner }, ...literal(sections) }
  const { stacks, secretValues } = await loadDesired({
    files: [],
    objects: [stack],
    mergedFiles: [],
    cwd: instance.cwd,
    variables: {},
    variableFiles: [],
    profiles: [],
    environment: {},
    encryptionKey: key,
    instanceId: instance.paths.id,
  })
  return { resources: stacks[0]?.resources ?? new Map<ResourceAddress, Resource>(), secretValues }
}

/** Values of a program are literal: `$` does not begin a variable. Pure. */
export function literal<T>(value: T): T
export function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$')
  if (Array.isArray(value)) return value.map((one: unknown) => literal(one))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, literal(one)]))
  return value
}

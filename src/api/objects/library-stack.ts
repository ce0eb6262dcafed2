import type { Container as ContainerFields, Image as ImageFields } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'
import { libraryOwner, withOwner } from '../../model/ownership.ts'
import { type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { readDefinition } from '../definitions.ts'
import type { Instance } from '../instance.ts'
import { inFieldWords } from '../library-words.ts'
import { type BuildContext, type Built, buildResources, ofContainer } from './build-resources.ts'
import { withStackNetworks } from './stack-networks.ts'

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

/** The resources of one container: itself and its image. Raises the problems of its fields (refused). */
export async function containerResources(
  instance: Instance,
  key: Buffer,
  name: string,
  fields: ContainerFields,
): Promise<Built> {
  const named = fields.image === undefined ? undefined : await readDefinition(instance, 'images', fields.image)
  const images = named && fields.image !== undefined ? { [fields.image]: named } : {}
  const attached = withStackNetworks(fields)
  const sections = { networks: attached.networks, images, containers: { [name]: attached.fields } }
  const built = await inWords(buildResources(contextOf(instance, key), libraryOwner, sections))
  return ofContainer(built, containerAddress(name), { owner: libraryOwner, ownsImage: named === undefined })
}

/** The resource of a named image. Raises the problems of its fields (refused). */
export async function imageResources(
  instance: Instance,
  key: Buffer,
  name: string,
  fields: ImageFields,
): Promise<Built> {
  const sections = { images: { [name]: fields } }
  const { resources, secretValues } = await inWords(buildResources(contextOf(instance, key), libraryOwner, sections))
  return { resources: [...resources.values()].map((one) => withOwner(one, libraryOwner)), secretValues }
}

const contextOf = (instance: Instance, key: Buffer): BuildContext => ({
  cwd: instance.cwd,
  instanceId: instance.paths.id,
  key,
})

async function inWords(building: Promise<Built>): Promise<Built> {
  try {
    return await building
  } catch (error) {
    throw inFieldWords(error, { image: 'dockerUrl' })
  }
}

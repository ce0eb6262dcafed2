import { type HeroPodsError, refusedError } from '../model/errors.ts'
import { localReference } from '../model/kinds/images/reference.ts'
import { didYouMean } from '../stack/check/suggest.ts'
import { definedNames, readDefinition } from './definitions.ts'
import type { Instance } from './instance.ts'

/** The hint for an image that is not a named one. */
const otherwise =
  'Make it with `imageNew` or `imageImport`. Write the reference of an image of a registry as `dockerUrl`.'

/** Raises `unknown-object` (refused) unless `imageNew` or `imageImport` has made an image with this name. */
export async function requireNamedImage(instance: Instance, name: string): Promise<void> {
  if ((await definedNames(instance, 'images')).includes(name)) return
  throw await noNamedImage(instance, name)
}

/** The error `unknown-object` (refused) for a name without an image. */
export async function noNamedImage(instance: Instance, name: string): Promise<HeroPodsError> {
  const known = await definedNames(instance, 'images')
  const list = known.length === 0 ? '' : ` Named images: ${known.join(', ')}.`
  return refusedError({
    code: 'unknown-object',
    message: `There is no image named ${JSON.stringify(name)}.${didYouMean(name, known)}`,
    hint: `${otherwise}${list}`,
  })
}

/** The reference of a named image; any other text stays as it is. */
export async function namedReference(instance: Instance, image: string): Promise<string> {
  if (!(await definedNames(instance, 'images')).includes(image)) return image
  return localReference(image) ?? image
}

/** The definitions of programs whose container is of a named image. */
export async function definitionsWithImage(instance: Instance, image: string): Promise<readonly string[]> {
  const names = await definedNames(instance, 'containers')
  const definitions = await Promise.all(
    names.map(async (name) => ({ name, fields: await readDefinition(instance, 'containers', name) })),
  )
  return definitions.filter(({ fields }) => fields?.image === image).map(({ name }) => name)
}

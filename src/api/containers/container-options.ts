import type { Container as ContainerFields } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'
import { didYouMean } from '../../stack/check/suggest.ts'

/** The built-in images, and `custom` for any other. */
export const containerImages = ['alpine_3_20', 'ubuntu_24_04', 'ubuntu_25_04', 'busybox', 'custom'] as const
export type ContainerImageType = (typeof containerImages)[number]

export interface ContainerOptions {
  /** Letters, digits, - and _; at most 63. */
  readonly name: string
  /** Default: `alpine_3_20`, or `custom` if `dockerUrl` or `customImageName` is set. */
  readonly image?: ContainerImageType
  /** The name of an image that `imageNew` or `imageImport` has made. Only with `custom`; not used where `dockerUrl` is set. */
  readonly customImageName?: string
  /** Reference of an image, e.g. `docker.io/library/alpine:3.20`. Only with `custom`. */
  readonly dockerUrl?: string
  /** Replace an existing definition. Default: false. */
  readonly reset?: boolean
  /**
   * Further fields of a container in a stack file, e.g. `command`, `ports`, `restart`. Their text is literal: `$` has no meaning. `networks`
   * are those of applied stacks, as STACK/NAME: a stack cannot remove its network while the container exists. Default: the default network
   * of the instance.
   */
  readonly fields?: Omit<ContainerFields, 'image'>
}

/** The definition of a container. Raises `invalid` (refused). Pure. */
export function fieldsOf({ image, customImageName, dockerUrl, fields = {} }: ContainerOptions): ContainerFields {
  const custom = dockerUrl ?? customImageName
  const type = image ?? (custom === undefined ? 'alpine_3_20' : 'custom')
  if (!containerImages.some((one) => one === type))
    throw invalid(`"${type}" is not an image.${didYouMean(type, containerImages)}`, containerImages.join(', '))
  if (type !== 'custom' && custom !== undefined)
    throw invalid(
      `The image ${type} is built in, so it has no reference.`,
      'Remove `image`, or `dockerUrl` and `customImageName`.',
    )
  if (type === 'custom' && custom === undefined)
    throw invalid('The image "custom" needs `dockerUrl` or `customImageName`.', 'Set one of them.')
  return { ...fields, image: custom ?? type }
}

const invalid = (message: string, hint: string) => refusedError({ code: 'invalid', message, hint })

import type { ContainerNewParameters } from './actions.ts'

/** The image of a container in the words of a stack: a built-in name, a reference, or the name of an image of this host. Pure. */
export const imageOf = ({ image, custom_image_name: name, docker_url: reference }: ContainerNewParameters): string =>
  image === 'custom' ? reference || name : image

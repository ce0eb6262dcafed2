import type { ImageConfig } from '../model/kinds/image.ts'
import type { Engine } from '../reconciler/engine.ts'
import type { OwnedContainer } from './container-view.ts'

/** The configuration of the image of a container; empty: the image is not known or not unpacked. */
export async function imageConfigOf(engine: Engine, { spec }: Pick<OwnedContainer, 'spec'>): Promise<ImageConfig> {
  return spec?.image_digest === undefined ? {} : (await engine.imageStore()).config(spec.image_digest)
}

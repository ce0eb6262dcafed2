import type { Provider } from '../../provider.ts'
import { ensureImages, rebuildImage, removeImages } from './apply.ts'
import { diffImage } from './diff.ts'
import { observeImages } from './observe.ts'

export const imageProvider: Provider<'image'> = {
  kind: 'image',
  observe: observeImages,
  references: () => [],
  diff: diffImage,
  create: ensureImages,
  update: ensureImages,
  rebuild: rebuildImage,
  remove: removeImages,
}

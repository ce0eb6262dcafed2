import { imageRules } from '../../../model/kinds/rules/image.ts'
import type { Provider } from '../../provider.ts'
import { ensureImages, removeImages } from './apply.ts'
import { diffImage } from './diff.ts'
import { observeImages } from './observe.ts'

export const imageProvider: Provider<'image'> = {
  kind: 'image',
  observe: observeImages,
  rules: imageRules,
  diff: diffImage,
  create: ensureImages,
  update: ensureImages,
  remove: removeImages,
}

import { unknown } from '../../model/diff/showable.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import type { NewFields } from '../describe.ts'

/** The fields of a new image that matter most to a reader. Pure. */
export const imageFields = ({ source, digest, pull_policy }: ImageSpec): NewFields => [
  ['from', source.type === 'ref' ? source.ref : source.type === 'archive' ? source.path : `built-in ${source.name}`],
  ['digest', digest ?? `(${unknown})`],
  ['pull_policy', pull_policy === 'missing' ? undefined : pull_policy],
]

import type { VolumeSpec } from '../../model/kinds/volume.ts'
import type { NewFields } from '../describe.ts'

/** The fields of a new volume that matter most to a reader. Pure. */
export const volumeFields = ({ protect }: VolumeSpec): NewFields => [['protect', protect || undefined]]

import type { Paths } from '../../host/files/paths.ts'
import { type InstanceSettings, originalSettings } from '../../model/instance/settings.ts'

/** The entry of an instance in the hash of all instances: the fields of the original HeroPods, and the ID. Pure. */
export const instanceEntry = ({ instance, data, id }: Paths, settings: InstanceSettings) => ({
  name: instance,
  base_dir: data,
  id,
  ...originalSettings(settings),
})

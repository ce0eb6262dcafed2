import { type BlockIo, deviceLimitFields } from '../../../model/kinds/limits/block-io.ts'
import { sizeText } from '../../../model/values/units.ts'
import type { Item } from './item.ts'

/** The weight, then the weights and limits of devices. Pure. */
export function blockIoItems(config: BlockIo): readonly Item[] {
  const item = (name: string, text: string, pointer: string): Item => ({
    field: 'blkio_config',
    name,
    text,
    pointer: `/blkio_config/${pointer}`,
  })
  return [
    ...(config.weight > 0 ? [item('weight', String(config.weight), 'weight')] : []),
    ...config.weight_device.map(({ path, weight }, index) =>
      item(`weight_device ${path}`, String(weight), `weight_device/${index}`),
    ),
    ...deviceLimitFields.flatMap((field) =>
      config[field].map(({ path, rate }, index) =>
        item(`${field} ${path}`, field.endsWith('bps') ? sizeText(rate) : String(rate), `${field}/${index}`),
      ),
    ),
  ]
}

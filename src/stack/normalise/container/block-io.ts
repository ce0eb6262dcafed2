import { posix } from 'node:path'
import type { Container } from '../../../generated/stack-file.ts'
import { type BlockIo, blockDevices, type DeviceLimit, hasWeight } from '../../../model/kinds/limits/block-io.ts'
import { parseSize } from '../../../model/values/units.ts'
import { type Context, collectError } from '../context.ts'

type Declared = NonNullable<Container['blkio_config']>

/** Block I/O of a container; undefined: nothing is set. Problems are collected in the context. */
export function normaliseBlockIo(context: Context, name: string, declared: Declared | undefined): BlockIo | undefined {
  if (declared === undefined) return undefined
  const path = ['containers', name, 'blkio_config']
  const limits = (field: 'device_read_bps' | 'device_write_bps' | 'device_read_iops' | 'device_write_iops') =>
    byPath(
      context,
      [...path, field],
      declared[field],
      ({ path, rate }): DeviceLimit => ({
        path: device(path),
        rate: positive(field.endsWith('bps') ? parseSize(rate) : Number(rate)),
      }),
    )
  const config: BlockIo = {
    weight: Number(declared.weight ?? 0),
    weight_device: byPath(context, [...path, 'weight_device'], declared.weight_device, ({ path, weight }) => ({
      path: device(path),
      weight: Number(weight),
    })),
    device_read_bps: limits('device_read_bps'),
    device_write_bps: limits('device_write_bps'),
    device_read_iops: limits('device_read_iops'),
    device_write_iops: limits('device_write_iops'),
  }
  return hasWeight(config) || blockDevices(config).length > 0 ? config : undefined
}

/** The entries of a list, sorted by path. Each path may occur once. */
function byPath<Entry, Limit extends { readonly path: string }>(
  context: Context,
  place: readonly string[],
  declared: readonly Entry[] = [],
  read: (entry: Entry) => Limit,
): readonly Limit[] {
  const found = new Map<string, Limit>()
  for (const [index, entry] of declared.entries()) {
    const limit = collectError<Limit | undefined>(
      context,
      'bad-limit',
      [...place, index],
      undefined,
      () => read(entry),
      'Write e.g. `{ path: /dev/sda, rate: 10m }`.',
    )
    if (limit === undefined) continue
    if (found.has(limit.path))
      context.problems.add(
        'bad-limit',
        [...place, index],
        `\`${place.at(-1)}\` has two entries for ${limit.path}.`,
        'Remove one of them.',
      )
    found.set(limit.path, limit)
  }
  return [...found.values()].sort((left, right) => (left.path < right.path ? -1 : 1))
}

function device(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the path "${path}" is not absolute`)
  return posix.normalize(path)
}

function positive(rate: number): number {
  if (rate < 1) throw new Error('the rate must be at least 1')
  if (rate > Number.MAX_SAFE_INTEGER) throw new Error('the rate is more than any device has')
  return rate
}

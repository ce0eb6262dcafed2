import type { CgroupMode } from '../../../../host/cgroup.ts'
import type { DriftedField } from '../../../../model/change.ts'
import { type BlockIo, deviceLimitFields } from '../../../../model/kinds/limits/block-io.ts'

/** The cgroup files of block I/O (kernel: blkio-controller, cgroup-v2). All functions here are pure. */

/** A cgroup file with one line for each device: `8:0 VALUE`. A weight has another line `default VALUE`. */
export interface BlockIoFile {
  readonly file: string
  /** The field of the stack file that it holds. */
  readonly field: string
  /** Desired values by `MAJOR:MINOR`, or by `default`. */
  readonly values: ReadonlyMap<string, string>
  /** The value of a device that has no limit. */
  readonly none: string
}

/** Numbers of devices, e.g. `8:0`, by path. */
export type DeviceNumbers = ReadonlyMap<string, string>

/** The file of the default weight: that of the scheduler BFQ, or that of the kernel itself. */
export type WeightFile = 'blkio.bfq.weight' | 'blkio.weight' | 'io.bfq.weight' | 'io.weight'

/** Files that can hold the weight; the first that exists is used. */
export const weightFiles = (mode: CgroupMode): readonly WeightFile[] =>
  mode === 'v2' ? ['io.bfq.weight', 'io.weight'] : ['blkio.bfq.weight', 'blkio.weight']

/** The controller of block I/O. */
export const blockIoController = (mode: CgroupMode): string => (mode === 'v2' ? 'io' : 'blkio')

const none: BlockIo = {
  weight: 0,
  weight_device: [],
  device_read_bps: [],
  device_write_bps: [],
  device_read_iops: [],
  device_write_iops: [],
}
const defaultWeight = 100

/** A weight of Compose (10 to 1000) in the range of the file. The conversion for io.weight is that of runc. */
const weightIn = (file: WeightFile, weight: number): number =>
  file === 'io.weight' && weight !== defaultWeight ? 1 + Math.floor(((weight - 10) * 9999) / 990) : weight

/** The files with their desired content. `weight`: undefined if this kernel has no weights. */
export function blockIoFiles(
  mode: CgroupMode,
  weight: WeightFile | undefined,
  config: BlockIo = none,
  numbers: DeviceNumbers = new Map(),
): readonly BlockIoFile[] {
  const weights = weight === undefined ? [] : weightsOf(mode, weight, config, numbers)
  return [...weights, ...(mode === 'v2' ? [limitsV2(config, numbers)] : limitsV1(config, numbers))]
}

const keyed = <Entry extends { readonly path: string }>(
  list: readonly Entry[],
  numbers: DeviceNumbers,
  numberOf: (entry: Entry) => number,
): readonly (readonly [string, string])[] =>
  list.map((entry) => [numbers.get(entry.path) ?? entry.path, String(numberOf(entry))])

function weightsOf(
  mode: CgroupMode,
  file: WeightFile,
  { weight, weight_device }: BlockIo,
  numbers: DeviceNumbers,
): readonly BlockIoFile[] {
  const general = ['default', String(weightIn(file, weight || defaultWeight))] as const
  const devices = keyed(weight_device, numbers, (one) => weightIn(file, one.weight))
  const [field, none] = ['blkio_config.weight', 'default']
  if (mode === 'v2') return [{ file, field, none, values: new Map([general, ...devices]) }]
  return [
    { file, field, none, values: new Map([general]) },
    { file: `${file}_device`, field: 'blkio_config.weight_device', none, values: new Map(devices) },
  ]
}

const limitsV1 = (config: BlockIo, numbers: DeviceNumbers): readonly BlockIoFile[] =>
  deviceLimitFields.map((field) => ({
    file: `blkio.throttle.${field.slice('device_'.length)}_device`,
    field: `blkio_config.${field}`,
    values: new Map(keyed(config[field], numbers, ({ rate }) => rate)),
    none: '0',
  }))

/** The keys of io.max in the order in which the kernel shows them. */
const keysV2 = [
  ['rbps', 'device_read_bps'],
  ['wbps', 'device_write_bps'],
  ['riops', 'device_read_iops'],
  ['wiops', 'device_write_iops'],
] as const

function limitsV2(config: BlockIo, numbers: DeviceNumbers): BlockIoFile {
  const rates = new Map(keysV2.map(([key, field]) => [key, new Map(keyed(config[field], numbers, ({ rate }) => rate))]))
  const devices = [...new Set([...rates.values()].flatMap((one) => [...one.keys()]))]
  const line = (device: string): string =>
    keysV2.map(([key]) => `${key}=${rates.get(key)?.get(device) ?? 'max'}`).join(' ')
  return {
    file: 'io.max',
    field: 'blkio_config',
    values: new Map(devices.map((device) => [device, line(device)])),
    none: keysV2.map(([key]) => `${key}=max`).join(' '),
  }
}

/** The lines of a file by their first word. A file with one number holds the default. */
const parseBlockIo = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [first = '', ...rest] = line.trim().split(/\s+/)
        return rest.length === 0 ? ['default', first] : [first, rest.join(' ')]
      }),
  )

/** The lines that a file can change: files for devices of v1 also show the default, which another file holds. */
const linesOf = ({ values }: BlockIoFile, text: string): ReadonlyMap<string, string> =>
  new Map([...parseBlockIo(text)].filter(([key]) => key !== 'default' || values.has(key)))

/** A write that changes one line of a file, and the one that undoes it. */
export interface BlockIoWrite {
  readonly line: string
  readonly undo: string
}

/** The writes that give a file its desired content. `found`: its content. */
export function blockIoWrites(one: BlockIoFile, found: string): readonly BlockIoWrite[] {
  const { file, values, none } = one
  const now = linesOf(one, found)
  // The default of v1 has a file of its own, which takes only the number.
  const line = (key: string, value: string): string =>
    key === 'default' && file.startsWith('blkio.') ? value : `${key} ${value}`
  return [...new Set([...values.keys(), ...now.keys()])].flatMap((key) => {
    const [before, after] = [now.get(key) ?? none, values.get(key) ?? none]
    return before === after ? [] : [{ line: line(key, after), undo: line(key, before) }]
  })
}

/** The field of a file that does not hold its limits; undefined: it holds them. `found`: its content. */
export function driftedBlockIo(file: BlockIoFile, found: string): DriftedField | undefined {
  if (blockIoWrites(file, found).length === 0) return undefined
  const shown = (lines: ReadonlyMap<string, string>): string =>
    [...lines]
      .map(([key, value]) => (key === 'default' ? value : `${key} ${value}`))
      .sort()
      .join(', ') || 'no limit'
  return { name: file.field, applied: shown(file.values), live: shown(linesOf(file, found)) }
}

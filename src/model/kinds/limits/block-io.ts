/** The limit of one block device of the host. */
export interface DeviceLimit {
  /** The device node, e.g. `/dev/sda`. */
  readonly path: string
  /** Bytes or operations a second. */
  readonly rate: number
}

/** The fields of `blkio_config` that limit devices. */
export const deviceLimitFields = [
  'device_read_bps',
  'device_write_bps',
  'device_read_iops',
  'device_write_iops',
] as const

export type DeviceLimitField = (typeof deviceLimitFields)[number]

/** Block I/O of a container, with the names of Compose. Lists are sorted by path. */
export interface BlockIo extends Readonly<Record<DeviceLimitField, readonly DeviceLimit[]>> {
  /** 10 to 1000; 0: not set, which is 100 for the kernel. */
  readonly weight: number
  readonly weight_device: readonly { readonly path: string; readonly weight: number }[]
}

/** All paths of devices, each once. Pure. */
export const blockDevices = (config: BlockIo): readonly string[] => [
  ...new Set(
    [config.weight_device, ...deviceLimitFields.map((field) => config[field])].flatMap((list) =>
      list.map(({ path }) => path),
    ),
  ),
]

/** True if it sets a weight. Pure. */
export const hasWeight = ({ weight, weight_device }: BlockIo): boolean => weight > 0 || weight_device.length > 0

/** File systems that a volume can be. Other kinds of storage: a bind mount. */
export const volumeTypes = ['nfs', 'nfs4', 'cifs', 'tmpfs'] as const
export type VolumeType = (typeof volumeTypes)[number]

/** A file system that is mounted as the data of a volume, with the names of Compose (`driver_opts`). */
export interface VolumeMount {
  readonly type: VolumeType
  /** NFS: `HOST:/PATH`; CIFS: `//HOST/SHARE`; tmpfs: `tmpfs`. */
  readonly device: string
  /** Options of mount(8), separated by commas. */
  readonly o: string
}

/** Canonical volume. Its data is in `DATA/volumes/STACK/KEY`. */
export interface VolumeSpec {
  readonly protect: boolean
  readonly labels: Readonly<Record<string, string>>
  /** undefined: a folder of this host. */
  readonly driver_opts?: VolumeMount
}

export interface VolumeActual {
  readonly path: string
  readonly released: boolean
  /** The record exists, but not the data. */
  readonly missing: boolean
  /** The data exists, but the record is damaged. */
  readonly unrecorded: boolean
  /** Why its file system is not the one that is mounted; absent: it is mounted, or it has none. */
  readonly mountFault?: string
}

/** True if the data of a volume is on another host. Pure. */
export const isRemote = (spec: VolumeSpec | undefined): boolean => spec?.driver_opts !== undefined && !isTemporary(spec)

/** True if the data of a volume is only in memory. Pure. */
export const isTemporary = (spec: VolumeSpec | undefined): boolean => spec?.driver_opts?.type === 'tmpfs'

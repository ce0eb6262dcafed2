/** Canonical volume. Its data is in `DATA/volumes/STACK/KEY`. */
export interface VolumeSpec {
  readonly protect: boolean
  readonly labels: Readonly<Record<string, string>>
}

export interface VolumeActual {
  readonly path: string
  readonly released: boolean
  /** The record exists, but not the data. */
  readonly missing: boolean
  /** The data exists, but the record is damaged. */
  readonly unrecorded: boolean
}

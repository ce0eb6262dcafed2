/** Canonical volume. Data lies in `DATA/volumes/STACK/KEY`. */
export interface VolumeSpec {
  readonly protect: boolean
  readonly labels: Readonly<Record<string, string>>
}

export interface VolumeActual {
  readonly path: string
  readonly released: boolean
  /** The record stands, the data is gone. */
  readonly missing: boolean
  /** The data stands, the record is torn. */
  readonly unrecorded: boolean
}

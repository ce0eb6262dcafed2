/** Canonical volume. Data lies in `DATA/volumes/STACK/KEY`. */
export interface VolumeSpec {
  readonly protect: boolean
  readonly labels: Readonly<Record<string, string>>
}

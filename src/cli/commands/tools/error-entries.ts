/** One code of the catalogue (schemas/errors.json). */
export interface ErrorEntry {
  readonly code: string
  /** Title of its group. */
  readonly group: string
  readonly meaning: string
  readonly causes: readonly string[]
  readonly fix: string
}

/** All codes in the order of the catalogue. The catalogue is loaded on the first call, because only `explain` needs it. */
export async function errorEntries(): Promise<readonly ErrorEntry[]> {
  const { default: catalogue } = await import('../../../../schemas/errors.json', { with: { type: 'json' } })
  return catalogue.groups.flatMap(({ title, errors }) =>
    Object.entries(errors).map(([code, entry]) => ({ code, group: title, ...entry })),
  )
}

/** What the catalogue (schemas/errors.json) says of one code. */
export interface ErrorEntry {
  readonly code: string
  /** Title of the group that it is in. */
  readonly group: string
  readonly meaning: string
  readonly causes: readonly string[]
  readonly fix: string
}

/** Every code with its entry, in the order of the catalogue. Loaded here: no other command needs the texts. */
export async function errorEntries(): Promise<readonly ErrorEntry[]> {
  const { default: catalogue } = await import('../../schemas/errors.json', { with: { type: 'json' } })
  return catalogue.groups.flatMap(({ title, errors }) =>
    Object.entries(errors).map(([code, entry]) => ({ code, group: title, ...entry })),
  )
}

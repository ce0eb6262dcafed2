interface RolledBack {
  readonly stack: string
  /** The generation whose state comes back. */
  readonly to: number
  /** The newest generation that was applied from the files; undefined: none is stored. */
  readonly declaredIn?: number
}

/** The heading of the plan of a rollback: `Back to generation 1`. Stacks of other generations are named. Pure. */
export const rollbackHeading = (stacks: readonly RolledBack[]): string =>
  `Back to ${generationsText(stacks.map(({ stack, to }) => [stack, to]))}`

/** `generation 1`, or `generation 1 (shop), generation 3 (mail)`. Pure. */
function generationsText(stacks: readonly (readonly [stack: string, generation: number])[]): string {
  const numbers = [...new Set(stacks.map(([, generation]) => generation))]
  if (numbers.length === 1) return `generation ${numbers[0]}`
  return stacks.map(([stack, generation]) => `generation ${generation} (${stack})`).join(', ')
}

/** The note after a rollback: the files of the stacks are not changed by it. `watched`: the stacks of a watch. Pure. */
export function rollbackNote(stacks: readonly RolledBack[], watched: readonly string[]): string {
  const declared = stacks.flatMap(({ stack, declaredIn }) =>
    declaredIn === undefined ? [] : ([[stack, declaredIn]] as const),
  )
  const files =
    declared.length === 0
      ? 'The stack files are as before'
      : `The files still declare the state of ${generationsText(declared)}`
  if (watched.length > 0)
    return `${files}. Watch does not apply them to ${watched.join(', ')} until they change or \`heropods resume ${watched.join(' ')}\` is run.`
  return stacks.every(({ declaredIn, to }) => declaredIn === to)
    ? `${files}, which is in place again.`
    : `${files}; the next \`heropods apply\` changes it back.`
}

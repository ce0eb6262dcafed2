interface RolledBack {
  readonly stack: string
  /** The generation whose state comes back. */
  readonly to: number
  readonly from: { readonly generation: number }
}

/** The heading of the plan of a rollback: `Back to generation 1`. Stacks of other generations are named. Pure. */
export function rollbackHeading(stacks: readonly RolledBack[]): string {
  const targets = [...new Set(stacks.map(({ to }) => to))]
  if (targets.length === 1) return `Back to generation ${targets[0]}`
  return `Back to ${stacks.map(({ stack, to }) => `generation ${to} (${stack})`).join(', ')}`
}

/** The note after a rollback: the files of the stacks are not changed by it. `watched`: the stacks of a watch. Pure. */
export function rollbackNote(stacks: readonly RolledBack[], watched: readonly string[]): string {
  const newest = Math.max(...stacks.map(({ from }) => from.generation))
  const files = `The files still declare the state of generation ${newest}`
  if (watched.length === 0) return `${files}; the next \`heropods apply\` changes it back.`
  return `${files}. Watch does not apply them to ${watched.join(', ')} until they change or \`heropods resume ${watched.join(' ')}\` is run.`
}

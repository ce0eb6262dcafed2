/**
 * The cost of a change, in ascending order. `live`: the process continues. `recreate`: the container gets a new process and keeps its name
 * and addresses; it is one step with this action. `replace`: the object gets new names or addresses, so it is a step `delete` and a step
 * `create`. See docs/reference.md.
 */
export const changeClasses = ['live', 'recreate', 'replace'] as const
export type ChangeClass = (typeof changeClasses)[number]

/** A field of a spec whose observed value (`live`) is not the applied one. Values are in the units of the stack file. */
export interface DriftedField {
  readonly name: string
  readonly applied: string
  readonly live: string
}

/**
 * One field before and after; undefined: the field is absent. `path` is a JSON pointer into the canonical spec. A difference of the host
 * that is not a field of the spec has a path of its own, e.g. `/host/network`, `/unpacked` or `recordPath`.
 */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
  readonly class: ChangeClass
  /** Set for drift: the observed difference from the applied spec, in words. */
  readonly drift?: string
  /** Set for drift of one field of the spec. */
  readonly driftedField?: DriftedField
  /** RFC 3339: when the drift began, if it is known. */
  readonly since?: string
  /** True for drift of a container whose process does not run. */
  readonly isDown?: true
}

export type Diff =
  | { readonly action: 'keep' }
  | { readonly action: 'update' | 'recreate' | 'replace'; readonly changes: readonly Change[] }

/** The costliest class among changes; `live` without changes. Pure. */
export const costliestClass = (changes: readonly Pick<Change, 'class'>[]): ChangeClass =>
  changes.reduce<ChangeClass>(
    (worst, change) => (changeClasses.indexOf(change.class) > changeClasses.indexOf(worst) ? change.class : worst),
    'live',
  )

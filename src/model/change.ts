/** What a change costs, mildest first. */
export const changeClasses = ['live', 'recreate', 'replace'] as const
export type ChangeClass = (typeof changeClasses)[number]

/** One field before and after; `path` is a JSON pointer into the canonical spec. undefined: not there. */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
  readonly class: ChangeClass
  /** Set for drift: what the host shows against what was applied. */
  readonly drift?: string
}

export type Diff =
  | { readonly action: 'keep' }
  | { readonly action: 'update' | 'recreate' | 'replace'; readonly changes: readonly Change[] }

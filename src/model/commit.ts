/** One commit of a followed repository. `id` is the full hash, `subject` the first line of its message, `author` a name, `time` RFC 3339. */
export interface Commit {
  readonly id: string
  readonly subject: string
  readonly author: string
  readonly time: string
}

/** `292d8de "New heading" by me`. Pure. */
export const commitText = ({ id, subject, author }: Pick<Commit, 'id' | 'subject' | 'author'>): string =>
  [id.slice(0, 7), subject && `"${subject}"`, author && `by ${author}`].filter(Boolean).join(' ')

import { refusedError } from '../../model/errors.ts'

/** The full name of a branch; HEAD without one. Pure. Raises `bad-git-branch` (refused). */
export function branchRef(branch: string | undefined): string {
  if (branch === undefined) return 'HEAD'
  // The rules of git-check-ref-format(1), and no hyphen at the beginning.
  const wrong =
    /^[-/]|[/.]$|\.\.|\/\/|\/\.|^\.|@\{|\.lock(\/|$)|[\0-\x20\x7f~^:?*[\\]/.test(branch) ||
    branch === '@' ||
    branch === ''
  if (!wrong) return `refs/heads/${branch}`
  throw refusedError({
    code: 'bad-git-branch',
    message: `${JSON.stringify(branch)} is not a valid name of a branch.`,
    hint: 'Write it as `git branch` shows it, e.g. main.',
  })
}

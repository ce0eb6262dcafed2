import { firstOf, placeText } from '../../model/errors.ts'
import { countOf } from '../../model/values/count.ts'
import type { LoadedDirectory, LoadFailure } from '../../stack/load-directory.ts'

/** How many stacks a folder has, or how many of its files are invalid. Pure. */
export const filesSummary = ({ failures, stacks }: LoadedDirectory): string =>
  failures.length === 0
    ? countOf(stacks.size, 'stack')
    : countOf(new Set(failures.map(({ file }) => file)).size, 'invalid file')

/** The first problem of a file as a sentence with its place. Pure. */
export function problemText({ file, diagnostics }: LoadFailure): string {
  const problem = firstOf(diagnostics)
  return `${problem?.place ? placeText(problem.place) : file}: ${problem?.message}`
}

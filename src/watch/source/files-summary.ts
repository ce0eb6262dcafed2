import { firstOf, placeText } from '../../model/errors.ts'
import { countOf, someOf } from '../../model/values/count.ts'
import type { LoadedDirectory, LoadFailure } from '../../stack/load-directory.ts'

/** How many stacks a folder has, or how many of its files are invalid. Pure. */
export const filesSummary = ({ failures, stacks }: LoadedDirectory): string =>
  failures.length === 0
    ? countOf(stacks.size, 'stack')
    : countOf(new Set(failures.map(({ file }) => file)).size, 'invalid file')

/** The names of invalid files beyond the one whose problem is named: ` Also invalid: job.yaml.` Pure. */
export function alsoInvalid(failures: readonly LoadFailure[], named: LoadFailure): string {
  const others = new Set(failures.map(fileOf).filter((file) => file !== fileOf(named)))
  return others.size === 0 ? '' : ` Also invalid: ${someOf([...others], 3)}.`
}

const fileOf = ({ file, diagnostics }: LoadFailure): string => firstOf(diagnostics)?.place?.file ?? file

/** The first problem of a file as a sentence with its place. Pure. */
export function problemText({ file, diagnostics }: LoadFailure): string {
  const problem = firstOf(diagnostics)
  return `${problem?.place ? placeText(problem.place) : file}: ${problem?.message}`
}

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { existsSync, readdirSync, readFileSync } from '../../../host/caller-files.ts'
import { refusedError } from '../../../model/errors.ts'
import { nearest } from '../../../stack/check/suggest.ts'

/** The folder of the templates: beside dist/ in the package, and in the repository. */
function templateFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'stacks/web.yaml'))) {
    if (folder === dirname(folder)) throw new Error('the folder stacks/ of the package is not installed')
    folder = dirname(folder)
  }
  return join(folder, 'stacks')
}

/** The names of the templates of `heropods init`. */
export const templates = (): readonly string[] =>
  readdirSync(templateFolder())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))

/** The text of a template. Raises `usage` (refused). */
export function templateText(name: string): string {
  const known = templates()
  if (known.includes(name)) return readFileSync(join(templateFolder(), `${name}.yaml`), 'utf8')
  const near = nearest(name, known)
  throw refusedError({
    code: 'usage',
    message: `There is no template "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: `Known: ${known.join(', ')}.`,
  })
}

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { existsSync, readdirSync, readFileSync } from '../../../host/caller-files.ts'
import { refusedError } from '../../../model/errors.ts'
import { nearest } from '../../../stack/check/suggest.ts'

/** A file of a template beside its `heropods.yaml`. */
export interface TemplateFile {
  /** Relative to the folder of the stack. */
  readonly path: string
  readonly text: string
}

/** The script of a template that makes its secrets. The stack is not valid before it has run. */
export const secretsScript = 'secrets.sh'

/** The folder of the templates: beside dist/ in the package, and in the repository. */
function templateFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'stacks/web.yaml'))) {
    if (folder === dirname(folder)) throw new Error('the folder stacks/ of the package is not installed')
    folder = dirname(folder)
  }
  return join(folder, 'stacks')
}

/** The names of the templates of `heropods init`: files `NAME.yaml`, and folders with a `heropods.yaml`. */
export function templates(): readonly string[] {
  const folder = templateFolder()
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') || existsSync(join(folder, name, 'heropods.yaml')))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort()
}

/** The text of the stack of a template. Raises `usage` (refused). */
export function templateText(name: string): string {
  const known = templates()
  const file = join(templateFolder(), `${name}.yaml`)
  if (known.includes(name))
    return readFileSync(existsSync(file) ? file : join(templateFolder(), name, 'heropods.yaml'), 'utf8')
  const near = nearest(name, known)
  throw refusedError({
    code: 'usage',
    message: `There is no template "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: `Known: ${known.join(', ')}.`,
  })
}

/** The files of a template beside its stack. */
export function templateFiles(name: string): readonly TemplateFile[] {
  const folder = join(templateFolder(), name)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== 'heropods.yaml' && !path.startsWith('secrets/'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
}

import { join, resolve } from 'node:path'
import { existsSync, readdirSync, statSync } from '../../host/caller-files.ts'
import { absentHint } from '../../host/files/paths.ts'
import { refusedError } from '../../model/errors.ts'

/** True for the name of a stack file: `*.yaml`, `*.yml` in any case, without a dot or underscore at the start. Pure. */
export const isStackFile = (name: string): boolean => /^[^._].*\.ya?ml$/i.test(name)

/** The stack files in a folder. */
export const stackFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(isStackFile)
    .sort()
    .map((name) => join(folder, name))

/**
 * The files of a command line: the given ones (a folder means its stack files), or `heropods.yaml` in the working folder, or the stack
 * files in `stacks/`. Raises `file-missing`, `no-stack` (refused).
 */
export function findFiles(named: readonly string[], cwd: string): readonly string[] {
  if (named.length > 0) return named.flatMap((one) => filesOf(resolve(cwd, one), one))
  const own = resolve(cwd, 'heropods.yaml')
  if (existsSync(own)) return [own]
  const folder = resolve(cwd, 'stacks')
  if (existsSync(folder)) return filesOf(folder, 'stacks')
  const compose = composeFiles.find((name) => existsSync(resolve(cwd, name)))
  throw refusedError({
    code: 'no-stack',
    message: 'No stack is named, and this folder has neither `heropods.yaml` nor `stacks/`.',
    hint: compose
      ? `\`heropods init --from ${compose}\` makes a stack of ${compose}.`
      : '`heropods init` makes a first stack; or name a file or folder: `heropods apply FILE`.',
  })
}

/** The names of Compose files. */
export const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

function filesOf(path: string, named: string): readonly string[] {
  if (!existsSync(path))
    throw refusedError({
      code: 'file-missing',
      message: `There is no file or folder ${named}.`,
      hint: absentHint(path, 'Check the path.'),
    })
  if (!statSync(path).isDirectory()) return [path]
  const files = stackFilesIn(path)
  if (files.length === 0)
    throw refusedError({
      code: 'no-stack',
      message: `The folder ${named} is not a stack.`,
      hint: 'Stacks are *.yaml or *.yml files.',
    })
  return files
}

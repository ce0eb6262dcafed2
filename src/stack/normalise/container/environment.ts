import type { Container } from '../../../generated/stack-file.ts'
import { decodeText, FileFault } from '../../../host/files/plain-file.ts'
import { messageOf } from '../../../model/errors.ts'
import { characterName, forbiddenCharacter } from '../../../model/values/text.ts'
import { parseEnvFile } from '../../interpolate/env-file.ts'
import { isLfsPointer } from '../../read/lfs-pointers.ts'
import { largest } from '../../read/read-file.ts'
import { type Context, keyValues, reportBadNames } from '../context.ts'

/** The environment of a container: the files of `env_file` in order, then `environment`. */
export function normaliseEnvironment(
  context: Context,
  name: string,
  container: Container,
): Readonly<Record<string, string>> {
  const fields = ['containers', name]
  const files = container.env_file === undefined ? [] : [container.env_file].flat()
  const result = new Map<string, string>()
  const addAll = (values: Readonly<Record<string, string>>): void => {
    for (const [variable, value] of Object.entries(values)) result.set(variable, value)
  }
  for (const [index, file] of files.entries()) {
    const { path, required = true } = typeof file === 'string' ? { path: file } : file
    try {
      const bytes = context.readFile(path, 'environment')
      // Pointers of Git LFS are reported elsewhere.
      if (!isLfsPointer(bytes)) addAll(withoutForbidden(parseEnvFile(decodeText(bytes, path))))
    } catch (error) {
      const fault = error instanceof FileFault
      const absent = fault && error.reason === 'absent'
      if (absent && !required) continue
      context.problems.add(
        absent ? 'file-missing' : 'bad-env-file',
        [...fields, 'env_file', ...(Array.isArray(container.env_file) ? [index] : [])],
        // The message of a FileFault contains the path.
        `The env_file${fault ? '' : ` ${path}`}: ${messageOf(error)}.`,
        hintFor(error),
      )
    }
  }
  addAll(
    keyValues(container.environment, (variable) =>
      context.problems.add(
        'environment-without-value',
        [...fields, 'environment', variable],
        `The environment variable ${variable} has no value: the shell’s environment does not reach containers by itself.`,
        `Declare \`variables: { ${variable}: { env: ${variable} } }\` and write \`${variable}${Array.isArray(container.environment) ? '=' : ': '}\${${variable}}\`.`,
      ),
    ),
  )
  const all = Object.fromEntries(result)
  reportBadNames(context, [...fields, 'environment'], 'variable', all)
  return all
}

function hintFor(error: unknown): string {
  if (!(error instanceof FileFault)) return 'Write NAME=VALUE lines; put a value of several lines in quotes.'
  return error.reason === 'absent'
    ? 'Create it, or set `required: false`.'
    : `Use a regular file of at most ${largest.environment / 2 ** 20} MiB, with NAME=VALUE lines.`
}

/** Throws an Error with the name of the first value with a character of tokens: values of a file are data. */
function withoutForbidden(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(values)) {
    const found = forbiddenCharacter(value)
    if (found !== undefined) throw new Error(`the value of ${name} contains ${characterName(found)}`)
  }
  return values
}

import type { Container } from '../../generated/stack-file.ts'
import { type Context, FileMissing, keyValues } from './context.ts'

/** Environment of a container: `env_file` in order, then `environment` over it. */
export function normaliseEnvironment(
  context: Context,
  name: string,
  container: Container,
): Readonly<Record<string, string>> {
  const at = ['containers', name]
  const files = container.env_file === undefined ? [] : [container.env_file].flat()
  const result: Record<string, string> = {}
  for (const [index, file] of files.entries()) {
    const { path, required = true } = typeof file === 'string' ? { path: file } : file
    try {
      Object.assign(result, parseEnvFile(context.readFile(path).toString('utf8')))
    } catch (error) {
      const absent = error instanceof FileMissing
      if (absent && !required) continue
      context.problems.add(
        absent ? 'file-missing' : 'bad-env-file',
        [...at, 'env_file', ...(Array.isArray(container.env_file) ? [index] : [])],
        `The env_file: ${(error as Error).message}.`,
        absent ? 'Make it, or state `required: false`.' : 'Write one NAME=VALUE a line.',
      )
    }
  }
  Object.assign(
    result,
    keyValues(container.environment, (variable) =>
      context.problems.add(
        'environment-without-value',
        [...at, 'environment', variable],
        `The environment variable ${variable} has no value: the shell’s environment does not reach containers by itself.`,
        `Declare \`variables: { ${variable}: { env: ${variable} } }\` and write \`${variable}: \${${variable}}\`.`,
      ),
    ),
  )
  for (const variable of Object.keys(result)) {
    if (variable === '' || /[=\0]/.test(variable))
      context.problems.add(
        'invalid',
        [...at, 'environment'],
        `"${variable}" is no name of an environment variable.`,
        'Take out the "=".',
      )
  }
  return result
}

/** Lines of NAME=VALUE as Compose's env files have them: comments, `export`, quotes. Throws with the line. */
export function parseEnvFile(text: string): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim().replace(/^export\s+/, '')
    if (line === '' || line.startsWith('#')) continue
    const match = /^([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/.exec(line)
    if (match === null) throw new Error(`line ${index + 1} is not NAME=VALUE`)
    result[match[1] as string] = unquote(match[2] as string)
  }
  return result
}

function unquote(value: string): string {
  const single = /^'([^']*)'\s*(#.*)?$/.exec(value)
  if (single) return single[1] as string
  const double = /^"((?:[^"\\]|\\.)*)"\s*(#.*)?$/.exec(value)
  if (double)
    return (double[1] as string).replace(/\\(.)/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign)
  return value.replace(/\s+#.*$/, '')
}

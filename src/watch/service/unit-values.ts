import { refusedError } from '../../model/errors.ts'
import { textFault } from '../../model/values/text.ts'

/** The program of a unit: absolute paths of Node.js and of heropods.js, and the variables that it gets. */
export interface UnitProgram {
  readonly node: string
  readonly script: string
  readonly environment: Readonly<Record<string, string>>
}

/** The line that starts a program with these arguments; systemd replaces no `$` in them. Pure. */
export const execLine = ([program = '', ...args]: readonly string[]): string =>
  `ExecStart=${[quoted(program), ...args.map((one) => quoted(one).replaceAll('$', '$$$$'))].join(' ')}`

/** A line for each variable. Pure. */
export const variableLines = (environment: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`)

const specifiers = (text: string): string => text.replaceAll('%', '%%')

/** Quoted for systemd.syntax(7): with C escapes. */
export const quoted = (text: string): string =>
  `"${specifiers(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, escaped)}"`

const escaped = (sign: string): string =>
  ({ '\n': '\\n', '\t': '\\t' })[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`

/** The path of a folder. systemd reads it up to the end of the line, without escapes. Raises `bad-unit-folder` (refused). */
export function folder(path: string): string {
  const fault = textFault('path', path) ?? (/\s$|\\$/.test(path) ? 'ends with a blank or a backslash' : undefined)
  if (fault === undefined) return specifiers(path)
  throw refusedError({
    code: 'bad-unit-folder',
    message: `The name of the folder ${JSON.stringify(path)} ${fault}, which a unit cannot contain.`,
    hint: 'Run the command in another folder.',
  })
}

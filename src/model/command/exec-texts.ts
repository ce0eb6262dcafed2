import { type Diagnostic, refusedError } from '../errors.ts'
import { plainTextFault, type TextKindName, textKinds } from '../values/text.ts'

/** The texts of a command that a program passes to `exec`. */
export interface ExecTexts {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly workingDir?: string | undefined
}

/** Returns nothing. Raises `invalid` (refused) for the first text that a process cannot get, such as one with a NUL. Pure. */
export function requireExecTexts({ argv, env = {}, workingDir }: ExecTexts): void {
  const variables = Object.entries(env)
  const fault =
    first(argv.map((text, index) => faultOf('argument', `The argument ${index} of the command`, text))) ??
    first(variables.map(([name]) => faultOf('variable', `The name ${JSON.stringify(name)} in \`env\``, name))) ??
    first(variables.map(([name, value]) => faultOf('value', `\`env.${name}\``, value))) ??
    (workingDir === undefined ? undefined : faultOf('argument', '`workingDir`', workingDir))
  if (fault !== undefined) throw refusedError(fault)
}

const first = (faults: readonly (Diagnostic | undefined)[]): Diagnostic | undefined =>
  faults.find((one) => one !== undefined)

function faultOf(kind: TextKindName, subject: string, text: string): Diagnostic | undefined {
  const fault = plainTextFault(kind, text)
  return fault === undefined
    ? undefined
    : { code: 'invalid', message: `${subject} ${fault}.`, hint: textKinds[kind].rule }
}

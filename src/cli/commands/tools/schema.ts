import schema from '../../../../schemas/heropods.schema.json' with { type: 'json' }
import { ExitCode } from '../../../model/errors.ts'
import { openTerminal } from '../../terminal.ts'

/** The JSON schema of stack files as the text of a file. */
export const schemaText = (): string => `${JSON.stringify(schema, undefined, 2)}\n`

/** `heropods schema`: prints the JSON schema of stack files for editors. */
export async function printSchema(): Promise<number> {
  openTerminal().print(schemaText())
  return ExitCode.done
}

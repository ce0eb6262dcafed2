import { ExitCode } from '../model/errors.ts'
import { renderTable } from '../report/table.ts'
import { type CommonOptions, openTerminal } from './terminal.ts'

type Row = Readonly<Record<string, unknown>>

/** Prints rows as a table, or with --json as an array under the key `plural`. Returns the exit code. */
export async function printList(
  options: CommonOptions,
  plural: string,
  headings: readonly string[],
  rows: readonly Row[],
): Promise<number> {
  const terminal = openTerminal()
  if (options.json) terminal.print(JSON.stringify({ [plural]: rows }))
  else {
    const cells = rows.map((row) =>
      Object.values(row).map((value) => (Array.isArray(value) ? value.join(', ') || '-' : String(value ?? '-'))),
    )
    terminal.print(await renderTable(headings, cells, terminal.style))
  }
  return ExitCode.done
}

import { ExitCode, refuse } from '../model/errors.ts'
import { renderTable } from '../report/table.ts'
import { nearest } from '../stack/suggest.ts'
import { type CommonOptions, openTerminal } from './context.ts'
import { type LanguageField, languageFields } from './language-fields.ts'

/** The fields that a user means: `mem_limit`, `healthcheck.interval`, `containers.healthcheck`, also written `services...`. */
export function fieldsNamed(name: string, all: readonly LanguageField[]): readonly LanguageField[] {
  const wanted = name.replace(/^services(?=\.|$)/, 'containers')
  const exact = all.filter(({ field }) => field === wanted)
  return exact.length > 0 ? exact : all.filter(({ field }) => field.endsWith(`.${wanted}`))
}

/** `heropods explain [FIELD]`: what a field means and what changing it costs. */
export async function explain(name: string | undefined, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const all = languageFields()
  const fields = name === undefined ? all : fieldsNamed(name, all)
  if (fields.length === 0) throw unknownField(name ?? '', all)
  if (options.json) terminal.print(JSON.stringify({ fields }))
  else if (name === undefined)
    terminal.print(
      await renderTable(
        ['FIELD', 'CLASS', 'A CHANGE MEANS'],
        all.map((one) => [one.field, one.class ?? '-', one.change]),
        terminal.style,
      ),
    )
  else
    for (const one of fields) {
      const below = all.filter(({ field }) => field.startsWith(`${one.field}.`))
      const lines = [
        terminal.style.bold(one.field),
        ...(one.description === '' ? [] : [`  ${one.description}`]),
        one.class === null ? `  A change means: ${one.change}.` : `  A change is ${one.class}: ${one.change}.`,
        ...below.map(({ field, description }) => `  ${field.slice(one.field.length + 1)}: ${description}`),
      ]
      terminal.print(lines.join('\n'))
    }
  return ExitCode.done
}

function unknownField(name: string, all: readonly LanguageField[]): Error {
  const near = nearest(
    name,
    all.flatMap(({ field }) => [field, field.split('.').at(-1) ?? '']),
  )
  return refuse({
    code: 'unknown-field',
    message: `There is no field "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: '`heropods explain` lists all.',
  })
}

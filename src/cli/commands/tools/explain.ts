import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { Style } from '../../../report/style.ts'
import { renderTable } from '../../../report/table.ts'
import { nearest } from '../../../stack/check/suggest.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import {
  type ConditionReason,
  type ExplainedStatus,
  isOfSource,
  reasonNames,
  reasonsNamed,
  statusesNamed,
  statusNames,
} from './condition-reasons.ts'
import { type ErrorEntry, errorEntries } from './error-entries.ts'
import { type LanguageField, languageFields } from './language-fields.ts'

/** The fields with this name: `mem_limit`, `healthcheck.interval`, `containers.healthcheck`, also with `services` for `containers`. */
export function fieldsNamed(name: string, all: readonly LanguageField[]): readonly LanguageField[] {
  const requested = name.replace(/^services(?=\.|$)/, 'containers')
  const exact = all.filter(({ field }) => field === requested)
  return exact.length > 0 ? exact : all.filter(({ field }) => field.endsWith(`.${requested}`))
}

/** `heropods explain [NAME]`: explains a field with the effect of a change, an error code, a reason of a condition, or a status of a stack. Raises `unknown-field` (refused). */
export async function explain(name: string | undefined, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const all = languageFields()
  if (name === undefined) {
    terminal.print(options.json ? JSON.stringify({ fields: all }) : await fieldTable(all, terminal.style))
    return ExitCode.done
  }
  const entries = await errorEntries()
  const fields = fieldsNamed(name, all)
  const errors = entries.filter(({ code }) => code === name)
  const reasons = reasonsNamed(name, entries)
  const statuses = statusesNamed(name)
  if (fields.length + errors.length + reasons.length + statuses.length === 0) throw unknownName(name, all, entries)
  if (options.json) {
    const found = {
      fields,
      ...(errors.length > 0 && { errors }),
      ...(reasons.length > 0 && { reasons }),
      ...(statuses.length > 0 && { statuses }),
    }
    terminal.print(JSON.stringify(found))
  } else {
    for (const one of fields) terminal.print(fieldText(one, all, terminal.style))
    for (const one of errors) terminal.print(errorText(one, terminal.style))
    for (const one of reasons) terminal.print(reasonText(one, terminal.style))
    for (const one of statuses) terminal.print(statusText(one, terminal.style))
  }
  return ExitCode.done
}

const fieldTable = (all: readonly LanguageField[], style: Style): Promise<string> =>
  renderTable(
    ['FIELD', 'CLASS', 'A CHANGE MEANS'],
    all.map((one) => [one.field, one.class ?? '-', one.change]),
    style,
  )

function fieldText(one: LanguageField, all: readonly LanguageField[], style: Style): string {
  const below = all.filter(({ field }) => field.startsWith(`${one.field}.`))
  return [
    style.bold(one.field),
    ...(one.description === '' ? [] : [`  ${one.description}`]),
    one.class === null ? `  A change means: ${one.change}.` : `  A change is ${one.class}: ${one.change}.`,
    ...below.map(({ field, description }) => `  ${field.slice(one.field.length + 1)}: ${description}`),
  ].join('\n')
}

const errorText = ({ code, meaning, causes, fix }: ErrorEntry, style: Style): string =>
  [
    `${style.bold(code)} (error code)`,
    `  ${meaning}`,
    '  Usual causes:',
    ...causes.map((cause) => `    - ${cause}`),
    `  ${style.dim('->')} ${fix}`,
  ].join('\n')

const reasonText = ({ reason, meaning, fix }: ConditionReason, style: Style): string =>
  [
    `${style.bold(reason)} (${isOfSource(reason) ? 'reason of a source' : 'reason of a condition'})`,
    `  ${meaning}`,
    `  ${style.dim('->')} ${fix}`,
  ].join('\n')

const statusText = ({ status, meaning, fix }: ExplainedStatus, style: Style): string =>
  [`${style.bold(status)} (status of a stack)`, `  ${meaning}`, `  ${style.dim('->')} ${fix}`].join('\n')

function unknownName(name: string, all: readonly LanguageField[], entries: readonly ErrorEntry[]): Error {
  const near = nearest(name, [
    ...all.flatMap(({ field }) => [field, field.split('.').at(-1) ?? '']),
    ...entries.map(({ code }) => code),
    ...reasonNames,
    ...statusNames,
  ])
  return refusedError({
    code: 'unknown-field',
    message: `There is no field, error code, reason or status "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: '`heropods explain` lists all fields; docs/errors.md lists all codes; `heropods status STACK` shows reasons.',
  })
}

import stackSchema from '../../schemas/stack.schema.json' with { type: 'json' }
import { ExitCode, refuse } from '../errors.ts'
import { containerClasses } from '../providers/container/change-classes.ts'
import { networkClasses } from '../providers/network/change-classes.ts'
import type { ChangeClass } from '../providers/provider.ts'
import { renderTable } from '../report/table.ts'
import { nearest } from '../stack/suggest.ts'
import { type CommonOptions, openTerminal } from './context.ts'

/** Which fields of the language a canonical field comes from, where the names differ. */
const statedAs: Readonly<Record<string, readonly string[]>> = {
  mounts: ['volumes', 'tmpfs'],
  files: ['configs', 'secrets'],
  no_new_privileges: ['security_opt'],
  seccomp: ['security_opt'],
  apparmor: ['security_opt'],
  cpu_quota: ['cpus', 'cpu_quota'],
  networks: ['networks'],
}

const meanings: Readonly<Record<ChangeClass, string>> = {
  live: 'process untouched',
  recreate: 'new process, same namespace, address and MAC',
  replace: 'planned together with what stands on it',
}

interface Row {
  readonly field: string
  readonly class: ChangeClass
  readonly description: string
}

/** Every field of containers and networks with what a change of it costs. */
export function classTable(): readonly Row[] {
  const rows = new Map<string, Row>()
  const definitions = stackSchema.definitions as unknown as Readonly<
    Record<string, { properties: Readonly<Record<string, { description?: string }>> }>
  >
  const add = (kind: 'container' | 'network', classes: Readonly<Record<string, ChangeClass>>): void => {
    const known = definitions[kind]?.properties ?? {}
    for (const [canonical, changeClass] of Object.entries(classes)) {
      for (const name of statedAs[canonical] ?? [canonical]) {
        if (Object.hasOwn(known, name) && !rows.has(`${kind}s.${name}`))
          rows.set(`${kind}s.${name}`, {
            field: `${kind}s.${name}`,
            class: changeClass,
            description: known[name]?.description ?? '',
          })
      }
    }
  }
  add('container', containerClasses)
  add('network', networkClasses)
  return [...rows.values()].sort((left, right) => (left.field < right.field ? -1 : 1))
}

/** `heropods explain [FIELD]`: what a field means and what changing it costs. */
export async function explain(field: string | undefined, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const all = classTable()
  const rows = field === undefined ? all : all.filter((row) => row.field === field || row.field.endsWith(`.${field}`))
  if (rows.length === 0) {
    const near = nearest(
      field ?? '',
      all.map((row) => row.field.split('.')[1] as string),
    )
    throw refuse({
      code: 'unknown-field',
      message: `There is no field "${field}".${near ? ` Did you mean "${near}"?` : ''}`,
      hint: '`heropods explain` lists all.',
    })
  }
  if (options.json) terminal.print(JSON.stringify({ fields: rows }))
  else if (field === undefined)
    terminal.print(
      await renderTable(
        ['FIELD', 'CLASS', 'A CHANGE MEANS'],
        rows.map((row) => [row.field, row.class, meanings[row.class]]),
        terminal.style,
      ),
    )
  else
    for (const row of rows)
      terminal.print(
        `${terminal.style.bold(row.field)}\n  ${row.description}\n  A change is ${row.class}: ${meanings[row.class]}.`,
      )
  return ExitCode.done
}

import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from '../../../host/caller-files.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { lineDiff } from '../../../report/line-diff.ts'
import { formatStack } from '../../../stack/format/format-stack.ts'
import { parseText, readSource } from '../../../stack/read/document.ts'
import { findFiles } from '../../../stack/read/find-files.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface FormatOptions extends CommonOptions {
  readonly check?: boolean
  readonly diff?: boolean
}

/** A file and its text before and after formatting. */
interface Formatted {
  readonly file: string
  readonly before: string
  readonly after: string
}

/**
 * `heropods fmt [FILES]`: formats stack files in place; `-` formats standard input. With `--check` or `--diff` it writes nothing and exits
 * with 1 if a file is not formatted. Raises errors of files that are not valid YAML (refused); then no file is written.
 */
export async function fmt(files: readonly string[], options: FormatOptions): Promise<number> {
  const terminal = openTerminal()
  const all = files.includes('-') ? [await standardInput(files)] : await formatAll(files, terminal.cwd)
  const changed = all.filter(({ before, after }) => before !== after)
  const dry = options.check || options.diff
  if (options.diff && !options.json) for (const one of changed) terminal.print(diffText(one, terminal.style))
  if (files.includes('-') && !dry && !options.json) process.stdout.write(all[0]?.after ?? '')
  else if (!dry && !files.includes('-')) changed.forEach(replace)
  const names = changed.map(({ file }) => file)
  if (options.json) terminal.print(JSON.stringify({ checked: all.length, changed: names }))
  else if (!options.diff && !files.includes('-')) for (const name of names) terminal.print(name)
  return dry && changed.length > 0 ? ExitCode.failed : ExitCode.done
}

const diffText = ({ file, before, after }: Formatted, style: Parameters<typeof lineDiff>[2]): string =>
  `${style.bold(file)}\n${lineDiff(before, after, style)}`

async function formatAll(files: readonly string[], cwd: string): Promise<readonly Formatted[]> {
  const all: Formatted[] = []
  for (const file of findFiles(files, cwd)) {
    await readSource(file)
    const before = readFileSync(file, 'utf8')
    all.push({ file, before, after: await formatStack(before) })
  }
  return all
}

async function standardInput(files: readonly string[]): Promise<Formatted> {
  if (files.length > 1)
    throw refusedError({
      code: 'usage',
      message: '`-` cannot be combined with files.',
      hint: 'Format the files with a separate command.',
    })
  const before = readFileSync(0, 'utf8')
  await parseText('standard input', before)
  return { file: '-', before, after: await formatStack(before) }
}

/** Replaces a file at once, so that a killed command leaves the old text or the new one. */
function replace({ file, after }: Formatted): void {
  const temporary = `${file}.fmt-${randomUUID()}`
  writeFileSync(temporary, after, { mode: statSync(file).mode & 0o7777 })
  renameSync(temporary, file)
}

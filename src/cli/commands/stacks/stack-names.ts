import { resolve } from 'node:path'
import { existsSync, statSync } from '../../../host/caller-files.ts'
import { refusedError } from '../../../model/errors.ts'
import { fieldOf } from '../../../model/values/unknown.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { knownStacks, recordedStacks } from '../../../reconciler/history/recorded-stacks.ts'
import { unknownStackError } from '../../../stack/check/unknown-stack.ts'
import { readSource } from '../../../stack/read/document.ts'
import { stackFilesIn } from '../../../stack/read/find-files.ts'

/**
 * The stacks that `destroy` removes, also those that only exist in the records: by name, by file or folder, those of `heropods.yaml` in the working folder, or with `--all` all of
 * the instance. It reads only names from files, so that a stack with an invalid file can be destroyed. Raises `unknown-stack`,
 * `no-stack`, `file-missing` (refused).
 */
export async function stackNames(
  engine: Engine,
  argument: string | undefined,
  options: { readonly all?: boolean; readonly file?: readonly string[] },
): Promise<readonly string[]> {
  const { observations } = await engine.observe()
  const owned = knownStacks(observations, (await recordedStacks(engine)).keys())
  if (options.all) return owned
  const files = [...(options.file ?? []), ...(argument === undefined ? [] : [argument])]
  if (files.length === 0 && existsSync('heropods.yaml')) files.push('heropods.yaml')
  if (files.length === 0)
    throw refusedError({
      code: 'no-stack',
      message: 'No stack is named.',
      hint: `Name one (${owned.join(', ') || 'there is none'}), or use \`--all\`.`,
    })
  const names = await Promise.all(files.map((one) => namesOf(one, owned)))
  return [...new Set(names.flat())]
}

async function namesOf(argument: string, owned: readonly string[]): Promise<readonly string[]> {
  if (owned.includes(argument)) return [argument]
  const path = resolve(argument)
  if (!existsSync(path)) {
    if (/^[a-z0-9-]+$/.test(argument)) throw unknownStackError(argument, owned)
    throw refusedError({
      code: 'file-missing',
      message: `There is no file ${argument}.`,
      hint: 'Check the path, or use the name of a stack.',
    })
  }
  const files = statSync(path).isDirectory() ? stackFilesIn(path) : [path]
  const sources = await Promise.all(files.map((file) => readSource(file)))
  return sources.flatMap((source) => source.documents).flatMap(({ data }) => stackNameIn(data) ?? [])
}

function stackNameIn(document: unknown): string | undefined {
  const name = fieldOf(fieldOf(document, 'metadata'), 'name')
  return typeof name === 'string' ? name : undefined
}

import { posix } from 'node:path'
import type { Container, Source } from '../../../generated/stack-file.ts'
import { FileFault } from '../../../host/files/plain-file.ts'
import { messageOf } from '../../../model/errors.ts'
import type { InjectedFile } from '../../../model/kinds/container.ts'
import { isSensitive } from '../../../model/tokens.ts'
import { fileContent, textContent } from '../../../model/values/content.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { parseId } from '../../../model/values/user.ts'
import { didYouMean, knownNames, sentence } from '../../check/suggest.ts'
import type { Path } from '../../read/position.ts'
import { largest } from '../../read/read-file.ts'
import { type Context, collectError, namesOf } from '../context.ts'
import { mode } from '../mode.ts'
import { target } from './mounts.ts'

type Kind = InjectedFile['kind']

/** The configs and secrets of a container, with their content as text or token. */
export function normaliseFiles(context: Context, name: string, declared: Container): readonly InjectedFile[] {
  const files = (['config', 'secret'] as const).flatMap((kind) =>
    ofKind(context, name, kind, declared[`${kind}s`] ?? []),
  )
  const seen = new Set<string>()
  for (const file of files) {
    if (seen.has(file.target))
      context.problems.add(
        'bad-file',
        ['containers', name, `${file.kind}s`],
        `Two files of "${name}" have the target ${file.target}.`,
        'Set another `target` for one of them.',
      )
    seen.add(file.target)
  }
  return files
}

function ofKind(
  context: Context,
  name: string,
  kind: Kind,
  declared: NonNullable<Container['configs']>,
): readonly InjectedFile[] {
  return declared.flatMap((one, index): InjectedFile[] => {
    const path = ['containers', name, `${kind}s`, index]
    const long = typeof one === 'string' ? { source: one } : one
    const known = context.data[`${kind}s`] ?? {}
    const source = ownValue(known, long.source)
    if (source === undefined) {
      context.problems.addLater(() => ({
        code: 'unknown-reference',
        message: `There is no ${kind} "${long.source}" under \`${kind}s:\`.${didYouMean(long.source, namesOf(known))}`,
        hint: knownNames(namesOf(known)),
        location: { path },
      }))
      return []
    }
    const content = contentOf(context, kind, source)
    const hint = 'Write `{ source: NAME, target: /PATH, mode: "0440", uid: 1000, gid: 1000 }`.'
    const read = (): InjectedFile[] => [
      {
        kind,
        name: long.source,
        target: targetOf(kind, long.source, long.target),
        mode: mode(long.mode ?? '0444'),
        uid: owner(long.uid),
        gid: owner(long.gid),
        content,
      },
    ]
    return collectError(context, 'bad-file', path, [], read, hint)
  })
}

/** The ID of a user or group; '' if none is declared. Throws an Error for any other text. */
function owner(declared: string | number | undefined): string {
  if (declared === undefined) return ''
  const id = parseId(String(declared))
  if (id === undefined) throw new Error(`"${declared}" is not the number of a user or group`)
  return String(id)
}

function targetOf(kind: Kind, name: string, declared: string | undefined): string {
  const folder = kind === 'secret' ? '/run/secrets' : '/'
  return target(
    declared === undefined
      ? posix.join(folder, name)
      : declared.startsWith('/')
        ? declared
        : posix.join(folder, declared),
  )
}

/** The content of a config or secret. An unreadable source counts as empty: checkSources reports it once. */
function contentOf(context: Context, kind: Kind, source: Source): string {
  const bytes = quietly(() => read(context, source)) ?? Buffer.from('')
  if (typeof bytes !== 'string') {
    const token = context.sensitive.redact(bytes.toString('base64'))
    return kind === 'secret' ? token : fileContent(bytes, token)
  }
  // The content of a secret is one token. The content of a config stays readable in plans, except for its sensitive parts.
  return textContent(kind === 'secret' && !isSensitive(bytes) ? context.sensitive.redact(bytes) : bytes)
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

function read(context: Context, source: Source): Buffer | string {
  if (source.file !== undefined) return context.readFile(source.file, 'content')
  return source.content ?? String(context.variable(source.variable ?? ''))
}

/** Refuses configs and secrets without exactly one source, or with an unreadable source; also unused ones. */
export function checkSources(context: Context): void {
  for (const kind of ['configs', 'secrets'] as const) {
    for (const [name, source] of Object.entries(context.data[kind] ?? {})) {
      const declared = (['file', 'content', 'variable'] as const).filter((key) => source[key] !== undefined)
      const path = [kind, name]
      const { variable } = source
      if (declared.length !== 1)
        context.problems.add(
          'invalid',
          path,
          `"${name}" has ${declared.length === 0 ? 'none' : declared.join(' and ')} of \`file\`, \`content\`, \`variable\`.`,
          'Set exactly one of them.',
        )
      else if (source.file !== undefined) checkFile(context, [...path, 'file'], source.file)
      else if (variable !== undefined)
        collectError(context, 'bad-variable', [...path, 'variable'], undefined, () => void context.variable(variable))
    }
  }
}

function checkFile(context: Context, path: Path, file: string): void {
  try {
    context.readFile(file, 'content')
  } catch (error) {
    const absent = error instanceof FileFault && error.reason === 'absent'
    context.problems.add(
      absent ? 'file-missing' : 'file-unreadable',
      path,
      sentence(`\`${path.join('.')}\`: ${messageOf(error)}`),
      absent
        ? 'Check the path; relative paths are relative to the file that names them.'
        : `Use a regular file of at most ${largest.content / 2 ** 20} MiB; bind-mount larger files with \`volumes:\`.`,
    )
  }
}

import { posix } from 'node:path'
import type { Container, Source } from '../../../generated/stack-file.ts'
import { FileFault } from '../../../host/files/plain-file.ts'
import { messageOf } from '../../../model/errors.ts'
import type { InjectedFile } from '../../../model/kinds/container.ts'
import { isSensitive } from '../../../model/tokens.ts'
import { fileContent, textContent } from '../../../model/values/content.ts'
import { own } from '../../../model/values/own.ts'
import { parseId } from '../../../model/values/user.ts'
import { didYouMean, knownNames, sentence } from '../../check/suggest.ts'
import type { Path } from '../../read/position.ts'
import { largest } from '../../read/read-file.ts'
import { type Context, collectError, namesOf } from '../context.ts'
import { mode } from '../mode.ts'
import { target } from './mounts.ts'

type Kind = InjectedFile['kind']

/** Configs and secrets of a container, with their contents as tokens or texts. */
export function normaliseFiles(context: Context, name: string, stated: Container): readonly InjectedFile[] {
  const files = (['config', 'secret'] as const).flatMap((kind) => ofKind(context, name, kind, stated[`${kind}s`] ?? []))
  const seen = new Set<string>()
  for (const file of files) {
    if (seen.has(file.target))
      context.problems.add(
        'bad-file',
        ['containers', name, `${file.kind}s`],
        `Two files of "${name}" have the target ${file.target}.`,
        'Give one of them another `target`.',
      )
    seen.add(file.target)
  }
  return files
}

function ofKind(
  context: Context,
  name: string,
  kind: Kind,
  stated: NonNullable<Container['configs']>,
): readonly InjectedFile[] {
  return stated.flatMap((one, index): InjectedFile[] => {
    const path = ['containers', name, `${kind}s`, index]
    const long = typeof one === 'string' ? { source: one } : one
    const known = context.data[`${kind}s`] ?? {}
    const source = own(known, long.source)
    if (source === undefined) {
      context.problems.addLater(() => ({
        code: 'unknown-reference',
        message: `There is no ${kind} "${long.source}" under \`${kind}s:\`.${didYouMean(long.source, namesOf(known))}`,
        hint: knownNames(namesOf(known)),
        at: { path },
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

/** A number of a user or group; '' where none is stated. Throws on anything else. */
function owner(stated: string | number | undefined): string {
  if (stated === undefined) return ''
  const id = parseId(String(stated))
  if (id === undefined) throw new Error(`"${stated}" is not the number of a user or group`)
  return String(id)
}

function targetOf(kind: Kind, name: string, stated: string | undefined): string {
  const folder = kind === 'secret' ? '/run/secrets' : '/'
  return target(
    stated === undefined ? posix.join(folder, name) : stated.startsWith('/') ? stated : posix.join(folder, stated),
  )
}

/** What a config or secret holds; told once, whoever uses it. */
function contentOf(context: Context, kind: Kind, source: Source): string {
  // What cannot be read is told where the source stands.
  const bytes = quietly(() => read(context, source)) ?? Buffer.from('')
  if (typeof bytes !== 'string') {
    const token = context.sensitive.redact(bytes.toString('base64'))
    return kind === 'secret' ? token : fileContent(bytes, token)
  }
  // A secret's own text is concealed whole; a config's stays readable in plans except for the sensitive parts.
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

/** Refuses configs and secrets that have not exactly one source, or one that cannot be read; used or not. */
export function checkSources(context: Context): void {
  for (const kind of ['configs', 'secrets'] as const) {
    for (const [name, source] of Object.entries(context.data[kind] ?? {})) {
      const stated = (['file', 'content', 'variable'] as const).filter((key) => source[key] !== undefined)
      const path = [kind, name]
      const { variable } = source
      if (stated.length !== 1)
        context.problems.add(
          'invalid',
          path,
          `"${name}" has ${stated.length === 0 ? 'none' : stated.join(' and ')} of \`file\`, \`content\`, \`variable\`.`,
          'State exactly one.',
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
        : `Name a regular file of at most ${largest.content / 2 ** 20} MiB; bind what is larger with \`volumes:\`.`,
    )
  }
}

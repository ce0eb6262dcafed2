import { createHash } from 'node:crypto'
import { absentHint } from '../../host/files/paths.ts'
import { decodeText, FileFault } from '../../host/files/plain-file.ts'
import type { Diagnostic, Place } from '../../model/errors.ts'
import { limitReported, refusedError } from '../../model/errors.ts'
import { sentence } from '../check/suggest.ts'
import type { Expanded } from './expand-document.ts'
import { isLfsPointer, lfsHint } from './lfs-pointers.ts'
import { placesOf } from './lines.ts'
import { largest, readContent } from './read-file.ts'
import { missingClosing, type YamlFault, yamlProblem } from './yaml-message.ts'

/** One document of a file, as plain data. */
export interface StackDocument {
  readonly file: string
  /** The number of the document in the file, from 0. */
  readonly index: number
  readonly data: unknown
  /** True if another document includes it. */
  readonly included?: boolean
  /** True for an object of a program, which has no lines. */
  readonly inMemory?: boolean
  /** Source texts of scalars that print differently, by JSON pointer (see expand-document.ts). */
  readonly written: Expanded['written']
}

export interface SourceFile {
  readonly path: string
  readonly sha256: string
  readonly documents: readonly StackDocument[]
}

/** A cache of parsed files by the hash of their bytes. Parsing YAML takes longer than the rest of an empty diff. */
export interface ParseCache {
  read(sha256: string): readonly Expanded[] | undefined
  write(sha256: string, documents: readonly Expanded[]): void
}

/** Reads and parses a file. Raises `file-missing`, `file-unreadable`, `yaml` (refused), with positions. */
export async function readSource(
  path: string,
  cache?: ParseCache,
  statedAt?: () => Promise<Place>,
): Promise<SourceFile> {
  const { bytes, text } = await readText(path, statedAt)
  if (isLfsPointer(bytes))
    throw refusedError({
      code: 'git-lfs-pointer',
      message: `${path} is a pointer of Git LFS, and its content is not here.`,
      hint: lfsHint,
      ...(statedAt && { place: await statedAt() }),
    })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const known = cache?.read(sha256)
  const documents = known ?? (await parseText(path, text))
  if (known === undefined) cache?.write(sha256, documents)
  return { path, sha256, documents: documents.map((one, index) => ({ file: path, index, ...one })) }
}

async function readText(
  path: string,
  statedAt: (() => Promise<Place>) | undefined,
): Promise<{ readonly bytes: Buffer; readonly text: string }> {
  try {
    const bytes = readContent(path, 'stack')
    return { bytes, text: decodeText(bytes, path) }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const absent = error.reason === 'absent'
    throw refusedError({
      code: absent ? 'file-missing' : 'file-unreadable',
      message: sentence(error.message.replace(/^t/, 'T')),
      hint: absent
        ? absentHint(path, 'Check the path; relative paths are relative to the file that names them.')
        : `Name a regular file in UTF-8 of at most ${largest.stack / 2 ** 20} MiB. Large contents of configs and secrets are named with \`file:\`; \`include:\` divides a stack.`,
      ...(statedAt && { place: await statedAt() }),
    })
  }
}

/** The faults; the place of a bracket that is not closed is the bracket. */
async function placedFaults(contents: unknown, faults: readonly YamlFault[]): Promise<readonly YamlFault[]> {
  const closings = faults.map(missingClosing)
  if (closings.every((closing) => closing === undefined)) return faults
  const { openingBrackets } = await import('./unclosed.ts')
  const missing = faults.map(({ offset }, index) => ({ offset, closing: closings[index] ?? '' }))
  const openings = openingBrackets(contents, missing)
  return faults.map((fault, index) => ({ ...fault, offset: openings[index] ?? fault.offset }))
}

/** Parses the text of a file. Raises `yaml` with positions (refused). */
export async function parseText(path: string, text: string): Promise<readonly Expanded[]> {
  const [{ parseAllDocuments }, { duplicateKeys, expandDocument, ExpansionError, tagHint }] = await Promise.all([
    import('./yaml.ts'),
    import('./expand-document.ts'),
  ])
  // The parser would compare each key of a map with all before it, which takes minutes for large maps.
  const documents = parseAllDocuments(text, { version: '1.2', merge: true, uniqueKeys: false, prettyErrors: false })
  const placeAt = placesOf(text)
  const problems: Diagnostic[] = []
  // An empty file is one empty document.
  const list = documents.length > 0 ? documents : parseAllDocuments('null')
  for (const document of list) {
    const faults = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
      code,
      message,
      offset,
    }))
    for (const fault of await placedFaults(document.contents, faults))
      problems.push({
        code: 'yaml',
        ...yamlProblem(fault, text),
        ...(fault.code === 'TAG_RESOLVE_FAILED' && { hint: tagHint }),
        place: { file: path, ...placeAt(fault.offset) },
      })
    for (const { key, offset, first } of duplicateKeys(document.contents))
      problems.push({
        code: 'yaml',
        message: `The key \`${key}\` occurs twice in the same map, first in line ${placeAt(first).line}.`,
        hint: key === '<<' ? 'Write one key with a list: `<<: [*FIRST, *SECOND]`.' : 'Remove one of them.',
        place: { file: path, ...placeAt(offset) },
      })
  }
  if (problems.length > 0) throw refusedError(limitReported(problems))
  return list.map((document) => {
    try {
      return expandDocument(document)
    } catch (error) {
      // The call stack overflowed.
      if (error instanceof RangeError)
        throw refusedError({ code: 'yaml', message: `${path} is nested too deeply.`, hint: 'Use fewer levels.' })
      if (!(error instanceof ExpansionError)) throw error
      const { message, hint, offset } = error
      throw refusedError({ code: 'yaml', message, hint, place: { file: path, ...placeAt(offset) } })
    }
  })
}

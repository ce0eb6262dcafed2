import { type Diagnostic, refusedError } from '../../model/errors.ts'
import { fieldOf } from '../../model/values/unknown.ts'
import type { StackDocument } from './document.ts'
import { findPlaces } from './position.ts'
import type { StackGroup } from './read-stack.ts'

const nameOf = (document: StackDocument): string | undefined => {
  const name = fieldOf(fieldOf(document.data, 'metadata'), 'name')
  return typeof name === 'string' ? name : undefined
}

const kindOf = (document: StackDocument): string | undefined => {
  const kind = fieldOf(document.data, 'kind')
  return typeof kind === 'string' ? kind : undefined
}

/** Kinds that are not supported yet. */
const unsupportedKinds = ['Host', 'Policy']

/** A problem of one document, and its stack if the document has a name. */
export interface DocumentProblem {
  readonly file: string
  readonly stack: string | undefined
  readonly diagnostic: Diagnostic
}

/** Groups documents by the name of their stack, overlays after their base, and collects documents without a stack as problems. */
export async function groupByName(
  documents: readonly StackDocument[],
): Promise<{ readonly groups: readonly StackGroup[]; readonly problems: readonly DocumentProblem[] }> {
  const problems: { document: StackDocument; path: readonly string[]; what: Omit<Diagnostic, 'place'> }[] = []
  const groups = new Map<string, StackDocument[]>()
  const nameless: StackDocument[] = []
  const overlays: StackDocument[] = []
  const report = (document: StackDocument, path: readonly string[], what: Omit<Diagnostic, 'place'>) =>
    problems.push({ document, path, what })
  for (const document of documents) {
    const name = nameOf(document)
    if (unsupportedKinds.includes(kindOf(document) ?? ''))
      report(document, ['kind'], {
        code: 'not-yet-supported',
        message: `The kind ${kindOf(document)} is not yet supported.`,
        hint: 'Remove the document for now.',
      })
    else if (document.data === null || typeof document.data !== 'object' || Array.isArray(document.data))
      report(document, [], {
        code: 'invalid',
        message: `${document.file} is not a stack.`,
        hint: 'A stack starts with `apiVersion: heropods/v1`, `kind: Stack`, `metadata: { name: ... }`.',
      })
    else if (kindOf(document) === 'Overlay') overlays.push(document)
    else if (name !== undefined && groups.has(name))
      report(document, ['metadata', 'name'], {
        code: 'stack-twice',
        message: `The stack "${name}" is declared twice: here and in ${groups.get(name)?.[0]?.file}.`,
        hint: 'Give one of them another name, make it `kind: Overlay`, or merge files with `-f`.',
      })
    else if (name === undefined) nameless.push(document)
    else groups.set(name, [document])
  }
  for (const overlay of overlays) {
    const base = groups.get(nameOf(overlay) ?? '')
    if (base) base.push(overlay)
    else
      report(overlay, ['metadata', 'name'], {
        code: 'overlay-alone',
        message:
          nameOf(overlay) === undefined
            ? 'The overlay has no stack name.'
            : `There is no stack "${nameOf(overlay)}" for this overlay.`,
        hint: 'Add the file of the stack to the command; `metadata.name` must be the name of the stack.',
      })
  }
  const places = await findPlaces(problems.map(({ document: { file, index }, path }) => ({ file, index, path })))
  return {
    groups: [
      ...[...groups].map(([name, list]) => ({ name, documents: list })),
      ...nameless.map((document) => ({ name: '', documents: [document] })),
    ],
    problems: problems.map(({ document, what }, index) => {
      const place = places[index]
      return { file: document.file, stack: nameOf(document), diagnostic: place ? { ...what, place } : what }
    }),
  }
}

/** The documents of files that are merged into one stack. Raises `stack-names-differ` (refused). */
export function mergedGroup(documents: readonly StackDocument[]): StackGroup {
  const [first] = documents
  const name = first && nameOf(first)
  const other = documents.find((document) => nameOf(document) !== undefined && nameOf(document) !== name)
  if (other !== undefined)
    throw refusedError({
      code: 'stack-names-differ',
      message: `${other.file} is of the stack "${nameOf(other)}", and ${first?.file} of "${name}": the files of \`-f\` are merged into one.`,
      hint: 'Pass stacks with different names as arguments without `-f`.',
    })
  return { name: name ?? '', documents }
}

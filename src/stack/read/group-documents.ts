import { type Diagnostic, refusedError } from '../../model/errors.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
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

/** A problem before its line is known. */
interface Found {
  readonly document: StackDocument
  readonly path: readonly string[]
  readonly diagnostic: Omit<Diagnostic, 'place'>
}

interface Grouped {
  readonly groups: readonly StackGroup[]
  readonly problems: readonly DocumentProblem[]
}

/** Groups documents by the name of their stack, overlays after their base. The problems of the other documents are located in their files. */
export async function groupByName(documents: readonly StackDocument[]): Promise<Grouped> {
  const unusable = documents.flatMap(documentProblem)
  const usable = documents.filter((document) => unusable.every((one) => one.document !== document))
  const overlays = usable.filter((document) => kindOf(document) === 'Overlay')
  const { groups, duplicates } = groupStacks(usable.filter((document) => !overlays.includes(document)))
  const problems = [...unusable, ...duplicates, ...overlays.flatMap((one) => overlayProblem(one, groups))]
  return {
    groups: groups.map((group) => ({ ...group, documents: [...group.documents, ...overlaysOf(group, overlays)] })),
    problems: await located(
      problems.toSorted((left, right) => documents.indexOf(left.document) - documents.indexOf(right.document)),
    ),
  }
}

/** The problem of a document that is neither a stack nor an overlay; empty: it has none. */
function documentProblem(document: StackDocument): readonly Found[] {
  const kind = kindOf(document)
  if (kind !== undefined && unsupportedKinds.includes(kind))
    return [
      {
        document,
        path: ['kind'],
        diagnostic: {
          code: 'not-yet-supported',
          message: `The kind ${kind} is not yet supported.`,
          hint: 'Remove the document for now.',
        },
      },
    ]
  if (isRecord(document.data)) return []
  return [
    {
      document,
      path: [],
      diagnostic: {
        code: 'invalid',
        message: `${document.file} is not a stack.`,
        hint: 'A stack starts with `apiVersion: heropods/v1`, `kind: Stack`, `metadata: { name: ... }`.',
      },
    },
  ]
}

/** A group for each stack, those without a name last. A second document with the same name is a problem. */
function groupStacks(stacks: readonly StackDocument[]): {
  readonly groups: readonly StackGroup[]
  readonly duplicates: readonly Found[]
} {
  const firstByName = new Map<string, StackDocument>()
  const duplicates: Found[] = []
  for (const document of stacks) {
    const name = nameOf(document)
    if (name === undefined) continue
    const first = firstByName.get(name)
    if (first === undefined) firstByName.set(name, document)
    else duplicates.push(duplicateProblem(document, name, first))
  }
  const nameless = stacks.filter((document) => nameOf(document) === undefined)
  return {
    groups: [
      ...[...firstByName].map(([name, document]) => ({ name, documents: [document] })),
      ...nameless.map((document) => ({ name: '', documents: [document] })),
    ],
    duplicates,
  }
}

const duplicateProblem = (document: StackDocument, name: string, first: StackDocument): Found => ({
  document,
  path: ['metadata', 'name'],
  diagnostic: {
    code: 'stack-twice',
    message: `The stack "${name}" is declared twice: here and in ${first.file}.`,
    hint: 'Give one of them another name, make it `kind: Overlay`, or merge files with `-f`.',
  },
})

const overlaysOf = (group: StackGroup, overlays: readonly StackDocument[]): readonly StackDocument[] =>
  overlays.filter((overlay) => isBaseOf(group, overlay))

/** A group without a name cannot have overlays. */
const isBaseOf = ({ name }: StackGroup, overlay: StackDocument): boolean => name !== '' && name === nameOf(overlay)

/** The problem of an overlay without a base; empty: it has none. */
function overlayProblem(overlay: StackDocument, groups: readonly StackGroup[]): readonly Found[] {
  if (groups.some((group) => isBaseOf(group, overlay))) return []
  const name = nameOf(overlay)
  return [
    {
      document: overlay,
      path: ['metadata', 'name'],
      diagnostic: {
        code: 'overlay-alone',
        message:
          name === undefined ? 'The overlay has no stack name.' : `There is no stack "${name}" for this overlay.`,
        hint: 'Add the file of the stack to the command; `metadata.name` must be the name of the stack.',
      },
    },
  ]
}

async function located(problems: readonly Found[]): Promise<readonly DocumentProblem[]> {
  const places = await findPlaces(problems.map(({ document: { file, index }, path }) => ({ file, index, path })))
  return problems.map(({ document, diagnostic }, index) => {
    const place = places[index]
    return { file: document.file, stack: nameOf(document), diagnostic: place ? { ...diagnostic, place } : diagnostic }
  })
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

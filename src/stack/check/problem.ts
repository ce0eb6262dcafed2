import type { ErrorCode } from '../../generated/error-codes.ts'
import { type Diagnostic, type HeroPodsError, moreProblems, refusedError, reportLimit } from '../../model/errors.ts'
import { findPlaces, type Path } from '../read/position.ts'
import { composeFileProblem, hasField, isCompose, isHeaderProblem } from './compose-problems.ts'

/** A location in the documents of a stack: a path in the merged stack, which is searched in each document. */
export interface ProblemLocation {
  readonly path: Path
  /** Point at the key, not at its value. */
  readonly onKey?: boolean
  /** The document with the path; default: the last document that contains it. */
  readonly document?: SourceDocument
}

export interface Problem extends Omit<Diagnostic, 'place'> {
  readonly location: ProblemLocation
  /** The key of a map that this problem is about: it is required, or unknown. */
  readonly key?: ProblemKey
}

export interface ProblemKey {
  readonly name: string
  readonly fault: 'missing' | 'unknown'
}

/** A document of a stack. */
export interface SourceDocument {
  readonly file: string
  readonly index: number
  readonly data: unknown
  /** True if another document includes it. */
  readonly included?: boolean
  /** True for an object of a program, which has no lines. */
  readonly inMemory?: boolean
}

/** The documents of a merged stack. The last document that contains a path is its location. */
export type SourceDocuments = readonly SourceDocument[]

/** The problems of all documents of a stack. */
interface Store {
  readonly found: Problem[]
  /** Problems of files that are not a document of the stack, such as an include with broken YAML. */
  readonly ofFiles: Diagnostic[]
  /** Paths with a problem. Later checks of these paths would only report its consequences. */
  readonly suppressed: Path[]
  count: number
  stopped: boolean
}

/**
 * Collects the problems of a stack, so that a command reports all of them, in the order of the text. Of very many problems only the first
 * ones are reported.
 */
export class Problems {
  constructor(
    private readonly store: Store = { found: [], ofFiles: [], suppressed: [], count: 0, stopped: false },
    private readonly document?: SourceDocument,
  ) {}

  /** The same problems; those added here are in this document. */
  within(document: SourceDocument): Problems {
    return new Problems(this.store, document)
  }

  add(code: ErrorCode, path: Path, message: string, hint?: string, onKey = false): void {
    this.addLater(() => ({ code, message, ...(hint !== undefined && { hint }), location: { path, onKey } }))
  }

  /** Adds a problem whose message is expensive to compute (suggestions for names). It is computed only if it is reported. */
  addLater(make: () => Problem): void {
    if (this.full) {
      this.store.count += 1
      return
    }
    const { location, ...rest } = make()
    if (this.store.suppressed.some((path) => overlap(path, location.path))) return
    this.store.count += 1
    this.store.found.push({ ...rest, location: { ...location, ...(this.document && { document: this.document }) } })
  }

  /** Adds problems with known places. */
  addDiagnostics(diagnostics: readonly Diagnostic[]): void {
    this.store.ofFiles.push(...diagnostics)
  }

  /** Drops problems at these paths (of the merged stack) that are added from now on: they are consequences of a reported one. */
  suppress(paths: readonly Path[]): void {
    this.store.suppressed.push(...paths)
  }

  /** Ends the checks: a part of the stack is unknown, and further checks would report problems that do not exist. */
  stop(): void {
    this.store.stopped = true
  }

  get stopped(): boolean {
    return this.store.stopped
  }

  /** True if further problems are only counted. */
  get full(): boolean {
    return this.store.found.length >= reportLimit
  }

  /** The number of problems that are only counted. */
  get unreportedCount(): number {
    return this.store.count - this.store.found.length
  }

  get any(): boolean {
    return this.store.found.length + this.store.ofFiles.length > 0
  }

  get all(): readonly Problem[] {
    return this.store.found
  }

  /** The error with all problems and their locations. Reads the files again. */
  async refusal(documents: SourceDocuments): Promise<HeroPodsError> {
    const { found, ofFiles } = this.store
    const paths = found.map(({ location }) => {
      const document = location.document ?? documentOf(documents, location.path)
      if (document === undefined || document.inMemory) return undefined
      const path = documentPath(document.data, location.path)
      return { file: document.file, index: document.index, path, onKey: location.onKey }
    })
    const places = await findPlaces(paths)
    const located = found.map(({ location, key: _, ...rest }, index): Diagnostic => {
      const [path, place] = [paths[index], places[index]]
      if (path === undefined || place === undefined) return rest
      return { ...rest, message: rest.message.replaceAll(quoted(location.path), quoted(path.path)), place }
    })
    const files = [...new Set(documents.map(({ file }) => file))]
    const more = this.unreportedCount > 0 ? [moreProblems(this.unreportedCount)] : []
    const isConverted = isCompose(documents)
    const inHeader = found.map((problem) => isConverted && isHeaderProblem(problem))
    const others = inOrder([...ofFiles, ...located.filter((_, index) => !inHeader[index])], files)
    const header = found.flatMap((problem, index) => (inHeader[index] ? [{ ...problem, place: places[index] }] : []))
    return refusedError([...(isConverted ? [composeFileProblem(header, files)] : []), ...others, ...more])
  }
}

/** Sorts diagnostics by file (in this order, other files first), line and column; those without a place are first. Pure. */
export function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  const keyOf = ({ place }: Diagnostic): readonly number[] =>
    place === undefined ? [-2, 0, 0] : [files.indexOf(place.file), place.line, place.column]
  return diagnostics
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((left, right) => left.key.map((part, index) => part - (right.key[index] ?? 0)).find((far) => far !== 0) ?? 0)
    .map(({ one }) => one)
}

const startsWith = (path: Path, start: Path): boolean =>
  start.length <= path.length && start.every((part, index) => String(part) === String(path[index]))

/** The length of the path of a field of an object, such as `containers.web.ports`. */
const fieldDepth = 3

/** True if a problem at a path is in a suppressed part, or concerns a field with a suppressed part. Pure. */
const overlap = (suppressed: Path, path: Path): boolean =>
  startsWith(path, suppressed) || (path.length >= fieldDepth && startsWith(suppressed, path))

const quoted = (path: Path): string => `\`${path.join('.')}\``

/** The last document that contains the longest part of a path. */
function documentOf(documents: SourceDocuments, path: Path): SourceDocument | undefined {
  const depth = ({ data }: SourceDocument): number => {
    let node = data
    let reached = 0
    for (const part of documentPath(data, path)) {
      if (!hasField(node, String(part))) break
      node = node[String(part)]
      reached += 1
    }
    return reached
  }
  const ranked = documents.map((document) => ({ document, reached: depth(document) }))
  return ranked.reduceRight<(typeof ranked)[number] | undefined>(
    (found, one) => (found === undefined || one.reached > found.reached ? one : found),
    undefined,
  )?.document
}

/** A path in a document, which may have `services` for `containers`. */
function documentPath(data: unknown, path: Path): Path {
  const [first, ...rest] = path
  const renamed = first === 'containers' && data !== null && typeof data === 'object' && 'services' in data
  return renamed ? ['services', ...rest] : path
}

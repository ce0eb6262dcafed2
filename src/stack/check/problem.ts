import type { ErrorCode } from '../../generated/error-codes.ts'
import { type Diagnostic, type HeroPodsError, moreProblems, refuse, reportLimit } from '../../model/errors.ts'
import { findPlace, findPlaces, type Path } from '../read/position.ts'

/** A location in the documents of a stack: a path in the merged stack, which is searched in each document. */
export interface ProblemLocation {
  readonly path: Path
  /** Point at the key, not at its value. */
  readonly onKey?: boolean
}

export interface Problem extends Omit<Diagnostic, 'place'> {
  readonly at: ProblemLocation
}

/** The documents of a merged stack. The last document that contains a path is its location. */
export type SourceDocuments = readonly { readonly file: string; readonly index: number; readonly data: unknown }[]

/** Collects the problems of a stack, so that a command reports all of them. Of very many problems only the first ones are reported. */
export class Problems {
  private readonly found: Problem[] = []
  private count = 0

  add(code: ErrorCode, path: Path, message: string, hint?: string, onKey = false): void {
    this.addLater(() => ({ code, message, ...(hint !== undefined && { hint }), at: { path, onKey } }))
  }

  /** Adds a problem whose message is expensive to compute (suggestions for names). It is computed only if it is reported. */
  addLater(make: () => Problem): void {
    this.count += 1
    if (!this.full) this.found.push(make())
  }

  /** True if further problems are only counted. */
  get full(): boolean {
    return this.found.length >= reportLimit
  }

  get any(): boolean {
    return this.found.length > 0
  }

  get all(): readonly Problem[] {
    return this.found
  }

  /** The error with all problems and their locations. Reads the files again. */
  async refusal(origins: SourceDocuments): Promise<HeroPodsError> {
    const spots = this.found.map(({ at }) => {
      const origin = documentOf(origins, at.path)
      return (
        origin && { file: origin.file, index: origin.index, path: documentPath(origin.data, at.path), onKey: at.onKey }
      )
    })
    const places = await findPlaces(spots)
    const located = this.found.map(({ at, ...rest }, index): Diagnostic => {
      const [spot, place] = [spots[index], places[index]]
      if (spot === undefined || place === undefined) return rest
      return { ...rest, message: rest.message.replaceAll(quoted(at.path), quoted(spot.path)), place }
    })
    const left = this.count - this.found.length
    return refuse(left > 0 ? [...located, moreProblems(left)] : located)
  }
}

const quoted = (path: Path): string => `\`${path.join('.')}\``

type Origin = SourceDocuments[number]

export async function placeOf(origins: SourceDocuments, { path, onKey }: ProblemLocation) {
  const origin = documentOf(origins, path)
  return origin && findPlace(origin.file, origin.index, documentPath(origin.data, path), onKey)
}

/** The last document that contains the longest part of a path. */
function documentOf(origins: SourceDocuments, path: Path): Origin | undefined {
  const depth = ({ data }: Origin): number => {
    let node = data
    let reached = 0
    for (const part of documentPath(data, path)) {
      if (!hasField(node, String(part))) break
      node = node[String(part)]
      reached += 1
    }
    return reached
  }
  const ranked = origins.map((origin) => ({ origin, reached: depth(origin) }))
  return ranked.reduceRight<(typeof ranked)[number] | undefined>(
    (found, one) => (found === undefined || one.reached > found.reached ? one : found),
    undefined,
  )?.origin
}

/** True if a map or a list has an entry. */
const hasField = (node: unknown, name: string): node is Readonly<Record<string, unknown>> =>
  node !== null && typeof node === 'object' && Object.hasOwn(node, name)

/** A path in a document, which may have `services` for `containers`. */
function documentPath(data: unknown, path: Path): Path {
  const [first, ...rest] = path
  const renamed = first === 'containers' && data !== null && typeof data === 'object' && 'services' in data
  return renamed ? ['services', ...rest] : path
}

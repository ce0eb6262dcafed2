import type { ErrorCode } from '../../generated/error-codes.ts'
import { type Diagnostic, type HeroPodsError, moreProblems, refuse, reportLimit } from '../../model/errors.ts'
import { findPlace, findPlaces, type Path } from '../read/position.ts'

/** Where in the loaded documents something stands; a path may be one of the merged stack, which is looked up in each. */
export interface Spot {
  readonly path: Path
  /** Point at the key, not at its value. */
  readonly onKey?: boolean
}

export interface Problem extends Omit<Diagnostic, 'place'> {
  readonly at: Spot
}

/** Documents a merged stack came from; the last one that states a path is where it stands. */
export type Origins = readonly { readonly file: string; readonly index: number; readonly data: unknown }[]

/** Collects what is wrong with a stack, so that its user sees all of it at once; of very many problems the first ones. */
export class Problems {
  private readonly found: Problem[] = []
  private count = 0

  add(code: ErrorCode, path: Path, message: string, hint?: string, onKey = false): void {
    this.addLater(() => ({ code, message, ...(hint !== undefined && { hint }), at: { path, onKey } }))
  }

  /** For a problem whose words take long to find, as a name that is like the wrong one: it is made only if it is reported. */
  addLater(make: () => Problem): void {
    this.count += 1
    if (!this.full) this.found.push(make())
  }

  /** What is added now is only counted. */
  get full(): boolean {
    return this.found.length >= reportLimit
  }

  get any(): boolean {
    return this.found.length > 0
  }

  get all(): readonly Problem[] {
    return this.found
  }

  /** The refusal, each problem with its place. Reads the files again. */
  async refusal(origins: Origins): Promise<HeroPodsError> {
    const spots = this.found.map(({ at }) => {
      const origin = originOf(origins, at.path)
      return (
        origin && { file: origin.file, index: origin.index, path: asWritten(origin.data, at.path), onKey: at.onKey }
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

type Origin = Origins[number]

export async function placeOf(origins: Origins, { path, onKey }: Spot) {
  const origin = originOf(origins, path)
  return origin && findPlace(origin.file, origin.index, asWritten(origin.data, path), onKey)
}

/** The last of the documents that state the most of a path. */
function originOf(origins: Origins, path: Path): Origin | undefined {
  const depth = ({ data }: Origin): number => {
    let node = data
    let reached = 0
    for (const part of asWritten(data, path)) {
      if (node === null || typeof node !== 'object' || !Object.hasOwn(node, part)) break
      node = (node as Record<string, unknown>)[String(part)]
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

/** A path as the document has it: its user may have written `services:` for `containers:`. */
function asWritten(data: unknown, path: Path): Path {
  const [first, ...rest] = path
  const renamed = first === 'containers' && data !== null && typeof data === 'object' && 'services' in data
  return renamed ? ['services', ...rest] : path
}

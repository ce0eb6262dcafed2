import { type Diagnostic, type HeroPodsError, refuse } from '../errors.ts'
import { findPlace, type Path } from './position.ts'

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

/** Collects everything that is wrong with a stack, so that its user sees all of it at once. */
export class Problems {
  private readonly found: Problem[] = []

  add(code: string, path: Path, message: string, hint?: string, onKey = false): void {
    this.found.push({ code, message, ...(hint !== undefined && { hint }), at: { path, onKey } })
  }

  get any(): boolean {
    return this.found.length > 0
  }

  get all(): readonly Problem[] {
    return this.found
  }

  /** The refusal, each problem with its place. Reads the files again. */
  async refusal(origins: Origins): Promise<HeroPodsError> {
    const located = await Promise.all(
      this.found.map(async ({ at, ...rest }): Promise<Diagnostic> => {
        const origin = originOf(origins, at.path)
        if (origin === undefined) return rest
        const path = asWritten(origin.data, at.path)
        const message = rest.message.replaceAll(quoted(at.path), quoted(path))
        return { ...rest, message, place: await findPlace(origin.file, origin.index, path, at.onKey) }
      }),
    )
    return refuse(located)
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

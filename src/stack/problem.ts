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
        const place = await placeOf(origins, at)
        return place ? { ...rest, place } : rest
      }),
    )
    return refuse(located)
  }
}

export async function placeOf(origins: Origins, { path, onKey }: Spot) {
  const depth = (data: unknown): number => {
    let node = data
    let reached = 0
    for (const part of path) {
      if (node === null || typeof node !== 'object' || !(part in node)) break
      node = (node as Record<string, unknown>)[String(part)]
      reached += 1
    }
    return reached
  }
  const ranked = origins.map((origin) => ({ origin, reached: depth(origin.data) }))
  const best = ranked.reduceRight<(typeof ranked)[number] | undefined>(
    (found, one) => (found === undefined || one.reached > found.reached ? one : found),
    undefined,
  )
  return best && findPlace(best.origin.file, best.origin.index, path, onKey)
}

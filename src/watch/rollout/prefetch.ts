import { type Diagnostic, toDiagnostic } from '../../model/errors.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { makes, type Step } from '../../model/plan.ts'
import { stableJson } from '../../model/values/stable-json.ts'

/** How far the images of a change are: all here, on their way, or why one does not come. */
export type PrefetchState = 'here' | 'coming' | Diagnostic

interface Pull {
  readonly key: string
  state: PrefetchState
}

/** Brings the images of changes while looks go on: a registry that hangs holds up the one change that waits for it. */
export class Prefetch {
  private readonly stacks = new Map<string, Pull>()

  constructor(
    /** Raises why an image does not come. */
    private readonly bring: (spec: ImageSpec) => Promise<void>,
    private readonly onNews: () => void,
  ) {}

  /** Asked at each look; what failed is told once, and begun anew when it is asked for again. */
  ask(stack: string, steps: readonly Step[]): PrefetchState {
    const specs = steps
      .filter((step) => makes(step, 'image'))
      .map((step) => step.spec)
      .filter((spec) => spec.source.type === 'ref')
    if (specs.length === 0) return 'here'
    const key = stableJson(specs)
    const known = this.stacks.get(stack)
    if (known?.key !== key) return this.begin(stack, key, specs)
    if (known.state !== 'coming') this.stacks.delete(stack)
    return known.state
  }

  private begin(stack: string, key: string, specs: readonly ImageSpec[]): PrefetchState {
    const bringing: Pull = { key, state: 'coming' }
    this.stacks.set(stack, bringing)
    const end = (state: PrefetchState): void => {
      bringing.state = state
      this.onNews()
    }
    Promise.all(specs.map((spec) => this.bring(spec))).then(
      () => end('here'),
      (error: unknown) => end(toDiagnostic(error)),
    )
    return 'coming'
  }
}

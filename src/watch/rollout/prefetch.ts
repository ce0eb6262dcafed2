import type { Diagnostic } from '../../model/errors.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { makes, type Step } from '../../model/plan.ts'
import { stableJson } from '../../model/values/stable-json.ts'

/** Pull of the images of a change. Reconciles continue during it, so a registry that does not answer delays only this change. */
export interface Prefetch {
  /** Identifies the images. */
  readonly key: string
  /** References of the images. */
  readonly images: readonly string[]
  /** A diagnostic: why an image cannot be pulled. */
  readonly result: 'pulling' | 'pulled' | Diagnostic
}

/** The next action of a change for its images, before its first step. */
export type PrefetchAction =
  /** No step needs a pull. */
  | { readonly action: 'none' }
  | { readonly action: 'start'; readonly key: string; readonly images: readonly ImageSpec[] }
  | { readonly action: 'wait' }
  /** The pull has ended. Its result counts once: the same change later pulls again. */
  | { readonly action: 'use'; readonly error: Diagnostic | undefined }

/** Pure. */
export function prefetchAction(known: Prefetch | undefined, steps: readonly Step[]): PrefetchAction {
  const images = steps
    .filter((step) => makes(step, 'image'))
    .map((step) => step.spec)
    .filter((spec) => spec.source.type === 'ref')
  if (images.length === 0) return { action: 'none' }
  const key = stableJson(images)
  if (known?.key !== key) return { action: 'start', key, images }
  if (known.result === 'pulling') return { action: 'wait' }
  return { action: 'use', error: known.result === 'pulled' ? undefined : known.result }
}

import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { makes, type Step } from '../../src/model/plan.ts'
import { type Prefetch, prefetchAction } from '../../src/watch/rollout/prefetch.ts'
import { imageSpec, planStep } from '../specs.ts'

/** A step that makes an image, by its reference; undefined: a built-in one. */
function image(ref?: string): Step {
  const step = planStep('s/image/web', 'create')
  const source = ref === undefined ? imageSpec().source : ({ type: 'ref', ref } as const)
  return makes(step, 'image') ? { ...step, spec: imageSpec({ source }) } : step
}
const keyOf = (steps: readonly Step[]): string => {
  const next = prefetchAction(undefined, steps)
  return next.action === 'start' ? next.key : expect.fail('nothing is pulled')
}

describe('before its first step a change', () => {
  const steps = [image('a:1'), planStep('s/container/web', 'create')]
  const known = (result: Prefetch['result']): Prefetch => ({ images: [], key: keyOf(steps), result })
  const broken: Diagnostic = { code: 'image-pull-failed', message: 'No.' }

  it('pulls its images', () =>
    expect(prefetchAction(undefined, steps)).toMatchObject({
      action: 'start',
      images: [{ source: { type: 'ref', ref: 'a:1' } }],
    }))

  it('pulls nothing for images that are not pulled, and for other steps', () => {
    expect(prefetchAction(undefined, [image(), planStep('s/container/web', 'create')])).toEqual({ action: 'none' })
    expect(prefetchAction(undefined, [planStep('s/image/web', 'delete')])).toEqual({ action: 'none' })
  })

  it('waits while they are pulled', () => expect(prefetchAction(known('pulling'), steps)).toEqual({ action: 'wait' }))

  it('goes on once they are there', () =>
    expect(prefetchAction(known('pulled'), steps)).toEqual({ action: 'use', error: undefined }))

  it('fails if one cannot be pulled', () =>
    expect(prefetchAction(known(broken), steps)).toEqual({ action: 'use', error: broken }))

  it('pulls again for other images, whatever is under way', () =>
    expect(prefetchAction(known('pulling'), [image('a:2')])).toMatchObject({ action: 'start' }))
})

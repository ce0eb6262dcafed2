import type { Resource, SecretValues } from '../../../model/desired.ts'
import { type Diagnostic, HeroPodsError } from '../../../model/errors.ts'
import { oneOffOwner } from '../../../model/one-off/one-off.ts'
import { mayChangeUnlabelled } from '../../../model/ownership.ts'
import type { Event } from '../../../model/plan.ts'
import type { Engine, PlanRequest } from '../../engine.ts'

export interface OneOff {
  readonly resources: readonly Resource[]
  readonly secretValues: SecretValues
}

export interface CreateOptions {
  readonly onProgress?: (event: Event) => void
  /** Once aborted no further step starts. */
  readonly signal: AbortSignal
}

const mayTouch: PlanRequest['mayTouch'] = (owner, address) =>
  owner === undefined ? mayChangeUnlabelled(address, oneOffOwner) : owner === oneOffOwner

/** A request that creates objects of one-off containers and removes others. Pure. */
export const oneOffRequest = (
  { resources, secretValues }: OneOff,
  removes: PlanRequest['scope']['removes'] = () => false,
): PlanRequest => ({
  scope: { desired: new Map(resources.map((one) => [one.address, one])), removes },
  secretValues,
  deleteData: false,
  mayTouch,
})

/**
 * Creates one-off containers with their objects. They are not part of the history: a rollback goes to a state of the stacks. Raises as
 * `Engine.planRequest`, the first failure of a step, and `interrupted`.
 */
export async function createOneOff(engine: Engine, oneOff: OneOff, options: CreateOptions): Promise<void> {
  await applyOneOffs(engine, oneOffRequest(oneOff), options)
}

/** Plans and applies a request. Raises the first failure of a step, and `interrupted`. */
export async function applyOneOffs(engine: Engine, request: PlanRequest, options: CreateOptions): Promise<void> {
  const { onProgress, signal } = options
  const failures: Diagnostic[] = []
  const planned = await engine.planRequest(request)
  const { ok, interrupted } = await engine.apply(planned, {
    reporter: {
      report: (event) => {
        onProgress?.(event)
        if (event.type === 'step.finished' && event.outcome.status === 'failed') failures.push(event.outcome.error)
      },
    },
    drainSignal: signal,
    abortSignal: signal,
    continuesGeneration: true,
  })
  if (interrupted) throw new HeroPodsError({ code: 'interrupted', message: 'The run was interrupted.' })
  if (!ok)
    throw new HeroPodsError(failures.length > 0 ? failures : [{ code: 'apply-failed', message: 'The run failed.' }])
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Resource, SecretValues } from '../../model/desired.ts'
import { HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import { mayChangeUnlabelled } from '../../model/ownership.ts'
import { addressIn, type StepOutcome } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Engine, PlanRequest } from '../engine.ts'
import type { View } from './view.ts'

/** A change of single objects of one owner, as a program asks for it. */
export interface ObjectChange {
  readonly owner: string
  readonly resources: readonly Resource[]
  readonly removes: readonly ResourceAddress[]
  /** Adopt an object that a stack file manages. */
  readonly adopts: boolean
  readonly deleteData: boolean
  readonly secretValues: SecretValues
}

interface Pending extends ObjectChange {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Changes that start within this time become one plan. Milliseconds. */
const batchWindowMs = 10
/** A preview reads each resource in turn, so an observation is used for this time. Milliseconds. */
const freshMs = 2000

/** Opens the instance for `act` and closes it afterwards. `owner`: the owner of the objects that `act` changes. */
export type UseEngine = <T>(
  options: { readonly write: boolean; readonly createsKey?: boolean; readonly owner?: string },
  act: (engine: Engine) => Promise<T>,
) => Promise<T>

/**
 * The changes that one process asks for, in one plan after the other. Changes that start during a plan are collected for the next
 * one.
 */
export class ChangeQueue {
  private waiting: Pending[] = []
  private working: Promise<void> | undefined
  private cachedView:
    | { readonly view: Promise<View>; readonly observedAtMs: number; readonly createsKey: boolean }
    | undefined

  constructor(private readonly useEngine: UseEngine) {}

  /** Resolves when the change is done. Raises the error of this change only. */
  submit(change: ObjectChange): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...change, resolve, reject })
      this.working ??= this.applyWaiting().finally(() => {
        this.working = undefined
      })
    })
  }

  /**
   * The current or a recent observation. With `createsKey` a new instance stores its key, for the values that are named with it.
   */
  view({ createsKey = false } = {}): Promise<View> {
    const { cachedView: cached } = this
    if (cached !== undefined && Date.now() - cached.observedAtMs <= freshMs && (cached.createsKey || !createsKey))
      return cached.view
    this.cachedView = { view: this.observeNow(createsKey), observedAtMs: Date.now(), createsKey }
    return this.cachedView.view
  }

  private observeNow(createsKey: boolean): Promise<View> {
    return this.useEngine({ write: false, createsKey }, (engine) => engine.view())
  }

  private async applyWaiting(): Promise<void> {
    await delay(batchWindowMs)
    for (let [oldest] = this.waiting; oldest !== undefined; [oldest] = this.waiting) {
      // Erasing data comes last, after the removal of containers that use the volume.
      const first = this.waiting.find((one) => !one.deleteData) ?? oldest
      const isAlike = (one: Pending): boolean => one.deleteData === first.deleteData && one.owner === first.owner
      const batch = this.waiting.filter(isAlike)
      this.waiting = this.waiting.filter((one) => !isAlike(one))
      await this.applyBatch(batch)
    }
  }

  private async applyBatch(batch: readonly Pending[]): Promise<void> {
    try {
      const outcomes = await this.useEngine(
        { write: true, ...(batch[0] && { owner: batch[0].owner }) },
        async (engine) => {
          try {
            return await applyTogether(engine, batch)
          } finally {
            // Callers observe the host again as soon as they get their result.
            this.cachedView = undefined
            if (batch.some((one) => one.removes.length > 0)) await engine.tearDownIfEmpty()
          }
        },
      )
      for (const one of batch) settle(one, outcomes)
    } catch (error) {
      await this.retryWithoutFailed(batch, error)
    }
  }

  /** A plan is refused as one. Fails the changes that the refusal names, and applies the others without them. */
  private async retryWithoutFailed(batch: readonly Pending[], error: unknown): Promise<void> {
    const isNamed = (one: Pending): boolean =>
      error instanceof HeroPodsError &&
      error.diagnostics.some(({ address }) => address !== undefined && addressesOf(one).includes(address))
    const failedOnes = batch.filter(isNamed)
    if (batch.length === 1 || failedOnes.length === batch.length) {
      for (const one of batch) one.reject(errorFor(error, addressesOf(one)))
      return
    }
    for (const one of failedOnes) one.reject(errorFor(error, addressesOf(one)))
    const rest = batch.filter((one) => !failedOnes.includes(one))
    if (failedOnes.length > 0) await this.applyBatch(rest)
    else for (const one of rest) await this.applyBatch([one])
  }
}

const addressesOf = (one: ObjectChange): readonly ResourceAddress[] => [
  ...one.resources.map((resource) => resource.address),
  ...one.removes,
]

/** The part of a refusal about these addresses; the complete refusal if it names none of them. */
function errorFor(error: unknown, addresses: readonly ResourceAddress[]): unknown {
  if (!(error instanceof HeroPodsError)) return error
  const own = error.diagnostics.filter(({ address }) => address !== undefined && addresses.includes(address))
  return own.length === 0 ? error : new HeroPodsError(own, { refused: error.refused })
}

async function applyTogether(
  engine: Engine,
  batch: readonly ObjectChange[],
): Promise<ReadonlyMap<ResourceAddress, StepOutcome>> {
  const desired = new Map(batch.flatMap((one) => one.resources).map((one) => [one.address, one]))
  const removed = new Set(batch.flatMap((one) => one.removes))
  const adopted = new Set(batch.filter((one) => one.adopts).flatMap(addressesOf))
  const request: PlanRequest = {
    scope: { desired, removes: (address) => removed.has(address) },
    secretValues: new Map(batch.flatMap((one) => [...one.secretValues])),
    deleteData: batch[0]?.deleteData ?? false,
    mayTouch: (owner, address) =>
      owner === undefined
        ? mayChangeUnlabelled(address, batch[0]?.owner) || adopted.has(address)
        : owner === batch[0]?.owner,
  }
  const outcomes = new Map<ResourceAddress, StepOutcome>()
  const planned = await engine.planRequest(request)
  await engine.apply(planned, {
    reporter: {
      report: (event) => {
        if (event.type === 'step.finished') outcomes.set(event.step.address, event.outcome)
      },
    },
    drainSignal: new AbortController().signal,
  })
  return outcomes
}

function settle(one: Pending, outcomes: ReadonlyMap<ResourceAddress, StepOutcome>): void {
  for (const address of addressesOf(one)) {
    const outcome = outcomes.get(address)
    if (outcome === undefined || outcome.status === 'done') continue
    return one.reject(failureOf(outcome, outcomes))
  }
  one.resolve()
}

/** The error of a step, or of the step because of which this one was skipped. */
function failureOf(outcome: StepOutcome, outcomes: ReadonlyMap<ResourceAddress, StepOutcome>): HeroPodsError {
  if (outcome.status === 'failed') return new HeroPodsError(outcome.error)
  if (outcome.status === 'skipped') {
    const address = addressIn(outcome.because)
    const cause = address && outcomes.get(address)
    if (cause?.status === 'failed') return new HeroPodsError(cause.error)
  }
  return new HeroPodsError(toDiagnostic(new Error('It was not started.')))
}

import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Resource, SecretValues } from '../model/desired.ts'
import { HeroPodsError, toDiagnostic } from '../model/errors.ts'
import { mayChangeUnlabelled } from '../model/ownership.ts'
import { addressIn, type StepOutcome } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { View } from '../reconciler/engine/view.ts'
import { Engine, type PlanRequest } from '../reconciler/engine.ts'
import { localHost } from './local-host.ts'

/** One operation of Pulumi. */
export interface Operation {
  readonly owner: string
  readonly resources: readonly Resource[]
  readonly removes: readonly ResourceAddress[]
  /** Adopt an object that a stack file manages. */
  readonly adopts: boolean
  readonly deleteData: boolean
  readonly secretValues: SecretValues
}

interface Pending extends Operation {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** The longest wait for other runs, milliseconds. Pulumi has no timeouts for these resources. */
const lockTimeoutMs = 600_000
/** Operations that start within this time become one plan. Milliseconds. */
const batchWindowMs = 10
/** A preview reads each resource in turn, so an observation is used for this time. Milliseconds. */
const freshMs = 2000

/** The installed command line. conmon calls it when a container exits. */
const heropodsCommand = [process.execPath, join(dirname(fileURLToPath(import.meta.url)), '..', 'heropods.js')]

const open = (write: boolean, createsKey = false, owner?: string): Promise<Engine> =>
  Engine.open({
    host: localHost,
    write,
    createsKey,
    lockTimeoutMs,
    command: 'pulumi',
    ...(owner !== undefined && { origin: owner.replace(/^pulumi\//, '') }),
    heropodsCommand,
  })

/**
 * The operations of one process, in one plan after the other. Operations that start during a plan are collected for the next
 * one.
 */
class Operations {
  private waiting: Pending[] = []
  private working: Promise<void> | undefined
  private cachedView:
    | { readonly view: Promise<View>; readonly observedAtMs: number; readonly createsKey: boolean }
    | undefined

  /** Resolves when the operation is done. Raises the error of this operation only. */
  submit(operation: Operation): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...operation, resolve, reject })
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
    this.cachedView = { view: observeNow(createsKey), observedAtMs: Date.now(), createsKey }
    return this.cachedView.view
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
      const engine = await open(true, false, batch[0]?.owner)
      try {
        const outcomes = await applyTogether(engine, batch)
        if (batch.some((one) => one.removes.length > 0)) await engine.tearDown()
        // Callers observe the host again as soon as they get their result.
        this.cachedView = undefined
        for (const one of batch) settle(one, outcomes)
      } finally {
        this.cachedView = undefined
        await engine.close()
      }
    } catch (error) {
      await this.retryWithoutFailed(batch, error)
    }
  }

  /** A plan is refused as one. Fails the operations that the refusal names, and applies the others without them. */
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

const addressesOf = (one: Operation): readonly ResourceAddress[] => [
  ...one.resources.map((resource) => resource.address),
  ...one.removes,
]

/** The part of a refusal about these addresses; the complete refusal if it names none of them. */
function errorFor(error: unknown, addresses: readonly ResourceAddress[]): unknown {
  if (!(error instanceof HeroPodsError)) return error
  const own = error.diagnostics.filter(({ address }) => address !== undefined && addresses.includes(address))
  return own.length === 0 ? error : new HeroPodsError(own, { refused: error.refused })
}

async function observeNow(createsKey: boolean): Promise<View> {
  const engine = await open(false, createsKey)
  try {
    return await engine.view()
  } finally {
    await engine.close()
  }
}

async function applyTogether(
  engine: Engine,
  batch: readonly Operation[],
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
    stopSignal: new AbortController().signal,
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

export const operations = new Operations()

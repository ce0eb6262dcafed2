import { isOwned } from '../../model/observation.ts'
import { isRemoving, type Plan, type Step } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { redactorOf } from '../../model/sensitive.ts'
import { openAttempt, ownerText, type StackStatus, stackWord, type WatchStatus } from '../../model/status.ts'
import { withoutColours } from '../../model/values/visible.ts'
import type { ObservedRun, RecentOutput, Snapshot } from '../../reconciler/engine.ts'
import type { GenerationDetails, HistoryEntry, OutputDetails, PageView } from '../http/view.ts'
import type { StackState } from '../stacks/stack-state.ts'
import type { WaitingPlans } from '../stacks/waiting-plans.ts'
import { type ContainerDetails, containerDetails, exitsOf, networkDetails } from './container-details.ts'
import { differencesOf } from './differences.ts'
import { type GenerationReader, generationDetails, historyOf } from './generations.ts'
import { problemsOf } from './problems.ts'
import { type UsageReader, UsageSampler } from './usage-sampler.ts'

/** Lines of a log that the page shows. */
const maxLogLines = 40

export interface PageDataOptions {
  status(): WatchStatus
  openReader(): Promise<GenerationReader>
  /** The text of a recorded plan, without sensitive values. */
  renderPlan(plan: Plan): string
  usage: UsageReader
  /** The newest output of a container. It may hold secret values. */
  recentOutput(container: ResourceAddress, lines: number): Promise<RecentOutput>
}

/** The result of a reconcile. */
export interface Observed {
  readonly snapshot: Snapshot
  readonly plans: readonly { readonly planned: { readonly plan: { readonly steps: readonly Step[] } } }[]
}

/** All that the page shows beside the status: containers, networks, differences, problems, generations, output, use of CPU and memory. */
export class PageData implements PageView {
  readonly usage: UsageSampler
  private observed: Observed | undefined
  private states: readonly StackState[] = []
  private waiting: WaitingPlans = new Map()
  private readonly planTexts = new WeakMap<Plan, string>()
  private details: readonly ContainerDetails[] | undefined
  private lastExits: ReadonlyMap<ResourceAddress, string> = new Map()

  constructor(private readonly options: PageDataOptions) {
    this.usage = new UsageSampler({ containers: () => this.running(), read: options.usage })
  }

  /** Stores the result of a reconcile. Everything else is computed when a page asks for it. */
  update(observed: Observed, states: readonly StackState[], waiting: WaitingPlans): void {
    this.waiting = waiting
    this.observed = observed
    this.states = states
    this.details = undefined
    const resources = this.resources()
    const known = [...this.lastExits].filter(([address]) => resources.has(address))
    this.lastExits = new Map([...known, ...exitsOf(resources)])
  }

  entries(): ReadonlyMap<string, unknown> {
    const { stacks: followed, others = [], ...watch } = this.options.status()
    const stacks = [...followed, ...others]
    const containers = this.containers()
    return new Map<string, unknown>([
      ['watch', watch],
      ['problems', problemsOf({ stacks, ...watch }, containers)],
      ...stacks.map((one) => [`stack ${one.stack}`, stackEntry(one)] as const),
      ...this.differences().map(([stack, all]) => [`differences ${stack}`, all] as const),
      ...[...this.waiting].map(([stack, plan]) => [`waiting ${stack}`, this.planText(plan)] as const),
      ...networkDetails(this.resources()).map((one) => [`network ${one.address}`, one] as const),
      ...containers.map((one) => [`container ${one.address}`, one] as const),
    ])
  }

  history(): Promise<readonly HistoryEntry[]> {
    return historyOf(this.options.openReader)
  }

  generation(generation: number): Promise<GenerationDetails | undefined> {
    return generationDetails(generation, this.options)
  }

  async output(container: string): Promise<OutputDetails | undefined> {
    const details = this.containers().find(({ address }) => address === container)
    if (details === undefined) return undefined
    const stack = this.states.find(({ name }) => name === details.stack)
    // Without their files the secrets are not known, and could not be hidden.
    if (stack === undefined)
      return {
        hidden: `Watch does not follow this stack and does not know its secrets. \`heropods logs ${details.stack}/${details.name}\` shows the output.`,
        log: [],
        check: null,
      }
    if (stack.desired === undefined)
      return {
        hidden: 'The files of the stack are not valid, so its secrets could not be hidden.',
        log: [],
        check: null,
      }
    const redact = redactorOf(this.secretValues())
    const { log, check } = await this.options.recentOutput(details.address, maxLogLines)
    return {
      hidden: null,
      log: log.map(({ time, stream, bytes }) => ({ time, stream, text: withoutColours(redact(bytes.toString())) })),
      check: check
        ? {
            output: withoutColours(redact(check.output)),
            durationMs: check.durationMs,
            endedAt: check.endedAt === undefined ? null : new Date(check.endedAt).toISOString(),
          }
        : null,
    }
  }

  private secretValues(): ReadonlyMap<string, string> {
    return new Map(this.states.flatMap(({ desired }) => [...(desired?.secretValues ?? [])]))
  }

  private resources(): Snapshot['observations'] {
    return this.observed?.snapshot.observations ?? new Map()
  }

  private containers(): readonly ContainerDetails[] {
    this.details ??= containerDetails(this.resources(), this.lastExits, new Date())
    return this.details
  }

  private differences(): readonly (readonly [string, ReturnType<typeof differencesOf>])[] {
    const steps = (this.observed?.plans ?? []).flatMap(({ planned }) => planned.plan.steps)
    return this.states.flatMap(({ name, record }) => {
      const all = steps.filter(({ address }) => address.startsWith(`${name}/`))
      // The plan of a change that waits has the rest.
      const own = this.waiting.has(name) ? all.flatMap(driftOnly) : all
      return own.length === 0 ? [] : [[name, differencesOf(own, record.verifiedGeneration !== null)] as const]
    })
  }

  private planText(plan: Plan): string {
    const known = this.planTexts.get(plan) ?? this.options.renderPlan(plan).replace(/^\n+|\s+$/g, '')
    this.planTexts.set(plan, known)
    return known
  }

  /** The runs of these containers, from the newest observation. */
  runs(containers: readonly ResourceAddress[]): readonly ObservedRun[] {
    const resources = this.resources()
    return containers.flatMap((container) => {
      const one = resources.get(container)
      if (!isOwned(one, 'container')) return []
      const { id, pid, restarts } = one.actual
      if (id === undefined || pid === undefined) return []
      return [{ container, id, pid, restarts, usesHostNetwork: one.spec?.network_mode === 'host' }]
    })
  }

  private running(): readonly { readonly address: ResourceAddress; readonly id: string }[] {
    return [...this.resources()].flatMap(([address, { kind, actual }]) =>
      kind === 'container' && 'pid' in actual && actual.id !== undefined ? [{ address, id: actual.id }] : [],
    )
  }
}

/** A step with its drift only. */
function driftOnly(step: Step): readonly Step[] {
  const changes = step.changes.filter(({ drift }) => drift !== undefined)
  return step.action === 'create' || isRemoving(step) || changes.length === 0 ? [] : [{ ...step, changes }]
}

/** A stack with its word, without its containers, which have entries of their own. Pure. */
export const stackEntry = (one: StackStatus) => ({
  ...one,
  word: stackWord(one),
  attempt: openAttempt(one),
  owner: one.owner === undefined ? null : ownerText(one.owner),
  objects: one.objects.filter(({ kind }) => kind !== 'container'),
})

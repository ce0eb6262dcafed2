import type { Change, ChangeClass } from './change.ts'
import type { Diagnostic, RecordedDiagnostic } from './errors.ts'
import type { RunState } from './kinds/container.ts'
import type { SpecOf } from './kinds.ts'
import { isResourceAddress, type Kind, type ResourceAddress } from './resource-address.ts'

export type StepId = `${ResourceAddress}:${StepAction}`
/** `update` changes the object while its process runs; `recreate` gives a container a new process. */
export type ApplyAction = 'create' | 'update' | 'recreate'
/** `release` removes a volume from the stack and leaves its data; a later `create` with the same name uses the data again. */
export type RemoveAction = 'delete' | 'release'
export type StepAction = ApplyAction | RemoveAction

/** The fields of every step. */
export interface StepBase<K extends Kind> {
  readonly id: StepId
  readonly address: ResourceAddress
  readonly kind: K
  readonly class: ChangeClass | null
  /** The reason as text: "does not exist", "mem_limit changed", "no longer in the stack file". */
  readonly reason: string
  readonly changes: readonly Change[]
  readonly after: readonly StepId[]
  readonly destructive: boolean
  /** True for the creation of a volume whose data exists since it was released. */
  readonly reuses?: true
  /** The state of a container before the step, if no process of it runs; undefined: it runs, or an older version made the plan. */
  readonly notRunning?: RunState
  /** Only of a container whose process ignored its last stop signal: the signal. */
  readonly ignoresStop?: string
}

/** Creates or changes an object. `spec` is the spec to apply. */
export interface MakingStep<K extends Kind> extends StepBase<K> {
  readonly action: ApplyAction
  readonly spec: SpecOf<K>
}

/** Deletes or releases an object. `spec` is the last applied spec; undefined: its record is lost. */
export interface RemovingStep<K extends Kind> extends StepBase<K> {
  readonly action: RemoveAction
  readonly spec: SpecOf<K> | undefined
}

/** One step of a plan: plain data in a stable order. Unions by kind and action: a check of both narrows `spec`. */
export type ApplyStep<K extends Kind = Kind> = { readonly [P in K]: MakingStep<P> }[K]
export type RemoveStep<K extends Kind = Kind> = { readonly [P in K]: RemovingStep<P> }[K]
export type Step = ApplyStep | RemoveStep

const removingActions: readonly StepAction[] = ['delete', 'release']
const actions: readonly StepAction[] = ['create', 'update', 'recreate', ...removingActions]

/** True for an address and an action, as in `shop/container/web:create`. */
export const isStepId = (text: string): text is StepId => {
  const end = text.lastIndexOf(':')
  return isResourceAddress(text.slice(0, end)) && actions.some((action) => action === text.slice(end + 1))
}

/** The address of a step's object. */
export function addressIn(id: StepId): ResourceAddress | undefined {
  const address = id.slice(0, id.lastIndexOf(':'))
  return isResourceAddress(address) ? address : undefined
}

export const isRemoving = (step: Step): step is RemoveStep => removingActions.includes(step.action)

/** True if a step creates or changes an object of this kind. */
export const makes = <K extends Kind>(step: Step, kind: K): step is ApplyStep & ApplyStep<K> =>
  step.kind === kind && !isRemoving(step)

/** True if a step deletes or releases an object of this kind. */
export const removes = <K extends Kind>(step: Step, kind: K): step is RemoveStep & RemoveStep<K> =>
  step.kind === kind && isRemoving(step)

export interface Plan {
  readonly formatVersion: 1
  readonly steps: readonly Step[]
  readonly summary: {
    readonly create: number
    readonly update: number
    readonly recreate: number
    readonly delete: number
    readonly keep: number
  }
  /** Messages for users, for example about unfinished work of an earlier run. In a recorded plan they may come from another version. */
  readonly warnings: readonly RecordedDiagnostic[]
}

export type StepOutcome =
  /** `note`: a remark for users, such as a stop signal that was ignored. */
  | { readonly status: 'done'; readonly outputs?: Readonly<Record<string, unknown>>; readonly note?: string }
  | { readonly status: 'failed'; readonly error: Diagnostic }
  /** `becauseOfImages`: the failed step obtains an image that this step does not use: no step changes anything before all images are available. */
  | { readonly status: 'skipped'; readonly because: StepId; readonly becauseOfImages?: true }
  | { readonly status: 'cancelled' }

export interface DownloadProgress {
  readonly bytes: number
  /** Bytes of the complete download; undefined: unknown. Less is downloaded if podman has some of the layers. */
  readonly total?: number
}

/** The progress of an apply, as data. Reporters make the texts. */
export type Event =
  | { readonly type: 'apply.started'; readonly steps: number; readonly generation: number }
  | { readonly type: 'step.started'; readonly step: Step }
  | {
      readonly type: 'step.progress'
      readonly address: ResourceAddress
      readonly message: string
      readonly download?: DownloadProgress
    }
  | { readonly type: 'step.finished'; readonly step: Step; readonly outcome: StepOutcome; readonly durationMs: number }
  | {
      readonly type: 'finished'
      readonly done: number
      readonly failed: number
      readonly skipped: number
      readonly cancelled: number
      readonly durationMs: number
    }

export interface Reporter {
  report(event: Event): void
}

/** The path of a change that only records an object again. It is not a field of a spec. */
export const recordPath = '/record'

/** True if only the record of an object was lost, and the object itself exists. Pure. */
export const isRecordOnly = ({ changes }: Step): boolean =>
  changes.length > 0 && changes.every((change) => change.path === recordPath)

/** A step and its effect, of which the action alone does not have all. */
export interface StepEffect {
  readonly action: StepAction
  /** Only of a `recreate`: no process of the container ran before. */
  readonly starts?: true
  /** Only of the creation of a volume: its data existed. */
  readonly reuses?: true
}

/** Pure. */
export const effectOf = ({ action, notRunning, reuses }: Step): StepEffect => ({
  action,
  ...(action === 'recreate' && notRunning !== undefined && { starts: true as const }),
  ...(reuses && { reuses }),
})

/** The words of steps that are done, in the order in which they are counted: the same in apply, history and events. */
export const doneWords = [
  'created',
  'reused',
  'replaced',
  'restarted',
  'started',
  'updated',
  'deleted',
  'released',
] as const
export type DoneWord = (typeof doneWords)[number]

const done: Readonly<Record<StepAction, DoneWord>> = {
  create: 'created',
  update: 'updated',
  recreate: 'restarted',
  delete: 'deleted',
  release: 'released',
}

/** The word for a step that is done. Pure. */
export function doneWord({ action, starts, reuses }: StepEffect): DoneWord {
  if (reuses) return 'reused'
  return starts ? 'started' : done[action]
}

/** The word for the steps of one object that are done: a deletion and a creation are a replacement. Pure. */
export const objectWord = (steps: readonly StepEffect[]): DoneWord | undefined => {
  const [first] = steps
  if (first === undefined) return undefined
  return steps.length > 1 ? 'replaced' : doneWord(first)
}

/** `2 created, 1 restarted`: the words with their numbers, in the order of `order`. Pure. */
export const countWords = <W extends string>(words: readonly (W | undefined)[], order: readonly W[]): string =>
  order
    .map((word) => [words.filter((one) => one === word).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')

const verbs: Readonly<Record<StepAction, string>> = {
  create: 'create',
  update: 'update',
  recreate: 'restart',
  delete: 'delete',
  release: 'release',
}

/** The action of a step as a verb. Pure. */
export const stepVerb = ({ action, starts }: StepEffect): string => (starts ? 'start' : verbs[action])

import type { Diagnostic, RecordedDiagnostic } from './errors.ts'
import type { Plan, StepAction, StepId } from './plan.ts'
import { parseResourceAddress, type ResourceAddress } from './resource-address.ts'

/** One stack of a run, with its files. */
export interface StackSource {
  /** Hash of the desired state; null if no file declares it completely (targets, a removal, a Pulumi program). */
  readonly desiredHash: string | null
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** The maximum number of generations in the history. */
export const generationHistoryLimit = 100

/** The images of this many successful generations are preserved for a rollback. */
export const imageHistoryLimit = 10

/** A commit of a git repository. `id` is the full hash, `subject` the first line of its message, `author` a name, `time` RFC 3339. */
export interface Commit {
  readonly id: string
  readonly subject: string
  readonly author: string
  readonly time: string
}

/** A failed generation that watch has undone. `commit`: where its files were from; undefined: they were not from git. */
export interface UndoneGeneration {
  readonly generation: number
  readonly commit?: Commit
}

/** The ID as `git log --oneline` shortens it. Pure. */
export const shortCommit = (id: string): string => id.slice(0, 7)

/** `292d8de "New heading" by me`. Pure. */
export const commitText = ({ id, subject, author }: Pick<Commit, 'id' | 'subject' | 'author'>): string =>
  [shortCommit(id), subject && `"${subject}"`, author && `by ${author}`].filter(Boolean).join(' ')

/** The maximum number of steps in the record of one run. */
export const recordedStepLimit = 100

/** The result of one step of a run. `unfinished`: the run was killed during the step. `cancelled`: the step did not start. */
export interface StepRecord {
  readonly address: ResourceAddress
  readonly action: StepAction
  /** Only of a `recreate`: no process of the container ran before. */
  readonly starts?: true
  /** Only of the creation of a volume: its data existed. */
  readonly reuses?: true
  readonly result: 'done' | 'failed' | 'skipped' | 'cancelled' | 'unfinished'
  /** null: unknown, because the run was killed. */
  readonly durationMs: number | null
  /** A remark for users about a step that is done. */
  readonly note?: string
  /** Only of a failed step. Its message ends with the last lines of the container's output, without sensitive values. */
  readonly error?: RecordedDiagnostic
  /** Only of a skipped step: the failed step that it needs. */
  readonly because?: StepId
  /** Only of a skipped step: it does not use the image of the failed step, which is obtained before anything is changed. */
  readonly becauseOfImages?: true
  /** Only of an update of a network: its members and hosts files follow from its containers, and nothing else of it has changed. */
  readonly derived?: true
}

/** The steps of a run, in the order in which they ended. */
export interface RunSteps {
  /** At most `recordedStepLimit`. Steps that are done are left out first. */
  readonly steps: readonly StepRecord[]
  /** Number of the steps that are done and left out. */
  readonly omittedSteps: number
}

/** One run that changed the host, and the state that it applied: a revision in the words of Helm. `time` is RFC 3339. */
export interface Generation extends Partial<RunSteps> {
  readonly generation: number
  readonly user: string
  /** The origin of `user`: SUDO_USER, or the login user (loginuid); undefined: the user of the process. */
  readonly via?: 'sudo' | 'login'
  readonly pid: number
  /** The command line, or `watch` or `pulumi`. */
  readonly command: string
  /** For watch the folder, or the repository with commit and author; for a Pulumi program `PROJECT/STACK`. */
  readonly origin?: string
  /** The commit that the files are from; of a rollback that of the restored generation. Only of stacks that watch follows in git. */
  readonly commit?: Commit
  readonly time: string
  readonly summary: Plan['summary']
  /** The stacks of the run, by name. */
  readonly stacks: Readonly<Record<string, StackSource>>
  /** For a rollback: the generation whose state was applied. */
  readonly rollbackOf?: number
  /** For an automatic rollback of watch: the generation that it has undone. */
  readonly undoes?: UndoneGeneration
  /** `started`: running, or killed. */
  readonly result: 'started' | 'done' | 'failed' | 'interrupted'
  /** RFC 3339. undefined: it is running or was killed, or an earlier version recorded it. */
  readonly endedAt?: string
  /** The errors of failed steps, with their addresses. */
  readonly failures?: readonly RecordedDiagnostic[]
}

/** The stacks that a run has changed. All its stacks if not all of its steps are recorded. Pure. */
export function changedStacks({
  stacks,
  steps = [],
  omittedSteps = 0,
}: Pick<Generation, 'stacks' | 'steps' | 'omittedSteps'>): readonly string[] {
  const touched = new Set(steps.map(({ address }) => parseResourceAddress(address).stack))
  const changed = Object.keys(stacks).filter((stack) => touched.has(stack))
  return (omittedSteps > 0 || changed.length === 0 ? Object.keys(stacks) : changed).toSorted()
}

/** Why a generation failed after its steps were done. The secret values are hidden in its record. */
export interface FailedVerification {
  readonly failure: Diagnostic
  /** Failures of further containers. Default: none. */
  readonly others?: readonly Diagnostic[]
  readonly secretValues: ReadonlyMap<string, string>
}

/** The final result of a generation. `failed`: the verification that has failed, if the result is `failed` because of it. */
export interface Conclusion {
  readonly generation: number
  readonly result: 'done' | 'failed'
  readonly failed?: FailedVerification
}

/** Where the desired state of a run comes from. */
export type GenerationOrigin = Pick<Generation, 'origin' | 'commit'>

/** The desired state of one stack in a generation: plain JSON, with allocated addresses and digests, sensitive values as tokens. */
export interface StackRecord {
  readonly desiredHash: string | null
  readonly resources: Readonly<Record<ResourceAddress, object>>
}

/** The complete instance at a generation: its stacks by name. */
export type HistoryDocument = ReadonlyMap<string, StackRecord>

/** One operation of RFC 6902. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }

/** RFC 6902, on a document `{ stacks: { NAME: record } }`. */
export type Patch = readonly PatchOperation[]

/** The changes of one generation to the document. */
export interface HistoryChange {
  /** The changed stacks; undefined: the stack is removed. */
  readonly records: ReadonlyMap<string, StackRecord | undefined>
  /** From the document of this generation to that of the generation before. */
  readonly reversePatch: Patch
  /** Sensitive values that the records refer to, by name (model/sensitive.ts), sealed under the instance's key. */
  readonly sealed: ReadonlyMap<string, string>
}

/** The newest document, and for each recorded generation the patch to the one before it. */
export interface History {
  readonly document: HistoryDocument
  readonly patches: ReadonlyMap<number, Patch>
}

/** The fields of a run that `authorText` needs. */
export type AuthorFields = Pick<Generation, 'user' | 'via' | 'command' | 'origin' | 'commit' | 'rollbackOf' | 'undoes'>

/**
 * The author of a run, in words: `commit 292d8de "New heading" by me`, `pulumi acme/prod`, `watch of /srv/stacks`, `alice (sudo)`. The commit
 * of a rollback is not its author: `alice, back to commit 292d8de "New heading" by me`, `watch (undid generation 4)`. Pure.
 */
export function authorText(run: AuthorFields): string {
  const { user, via, command, origin, commit, rollbackOf, undoes } = run
  const person = `${user}${via ? ` (${via})` : ''}`
  if (command === 'pulumi') return origin === undefined ? `pulumi (${person})` : `pulumi ${origin}`
  if (undoes) return `watch (undid ${undoneText(undoes)})`
  const source = commit ? `commit ${commitText(commit)}` : undefined
  if (rollbackOf !== undefined && source) return `${origin === undefined ? person : 'watch'}, back to ${source}`
  if (origin === undefined) return source ? `${person}, ${source}` : person
  return source ?? `watch of ${origin}`
}

/** `generation 4, commit dd641e7 by Bob`. Without the subject, which describes the change that is gone. Pure. */
const undoneText = ({ generation, commit }: UndoneGeneration): string =>
  `generation ${generation}${commit ? `, commit ${commitText({ ...commit, subject: '' })}` : ''}`

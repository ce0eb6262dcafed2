import { setTimeout as delay } from 'node:timers/promises'
import { shortCommit } from '../../model/generation.ts'
import type { SourceRevision } from '../source/directory.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { commitResult, pendingResult, type ReportedStack, resultsToSend, stacksOfCommit } from './commit-result.ts'
import type { Forge } from './forge.ts'
import { type CommitResult, statusRequest, verdictOf } from './status-request.ts'

/** Wait after the first failure and after many. Milliseconds. */
const [firstWaitMs, maxWaitMs] = [1000, 300_000]
/** Of one request. Milliseconds. */
const timeoutMs = 10_000
/** More of an answer is not read. Characters. */
const maxAnswerCharacters = 2000

type CommitRevision = Pick<SourceRevision, 'loaded' | 'origin'>

export interface CommitReporterOptions {
  readonly forge: Forge
  /** Name of the status, such as `heropods/web1`. */
  readonly context: string
  /** Reads the token for each request, so that a short-lived one can be replaced. */
  token(): Promise<string>
  /** The result that was sent last, also by an earlier watch. */
  load(): Promise<CommitResult | undefined>
  save(result: CommitResult): Promise<void>
  /** Called with a message about each loss, which never has the token in it. */
  warn(message: string): void
  /** Default: a second. Milliseconds. */
  readonly firstWait?: number
}

/** Sends the result of each commit to the forge: in order, in the background, only changes. Newer results of a commit replace those that wait. */
export class CommitReporter {
  private queue: CommitResult[] = []
  /** The newest result that was sent or is queued. */
  private last: CommitResult | undefined
  /** The newest commit, with the stacks whose changes are its result. */
  private newest: { readonly commit: string; readonly stacks: ReadonlySet<string> } | undefined
  private readonly loaded: Promise<void>
  private running: Promise<void> | undefined
  private readonly ending = new AbortController()

  constructor(private readonly options: CommitReporterOptions) {
    this.loaded = options.load().then(
      (result) => {
        this.last ??= result
      },
      () => undefined,
    )
  }

  /** Takes the states of all stacks once they have the files of a commit: those that it changes are pending. Never raises. */
  async begin({ origin: { commit } }: CommitRevision, states: readonly StackState[]): Promise<void> {
    if (commit === undefined) return
    const stacks = stacksOfCommit(commit.id, states)
    this.newest = { commit: commit.id, stacks }
    await this.loaded
    const pending = pendingResult(commit.id, states)
    // An earlier watch may know a result already.
    if (pending !== undefined && this.last?.commit !== commit.id) await this.enqueue(pending)
  }

  /**
   * Takes the states after a reconcile that read only the files of this commit, after `begin`. Never raises, and does not wait for the
   * forge.
   */
  async observe(revision: CommitRevision, stacks: readonly ReportedStack[]): Promise<void> {
    const { newest } = this
    if (newest === undefined || newest.commit !== revision.origin.commit?.id) return
    const next = commitResult(revision, newest.stacks, stacks)
    if (next !== undefined) await this.enqueue(next)
  }

  private async enqueue(next: CommitResult): Promise<void> {
    await this.loaded
    if (this.ending.signal.aborted) return
    for (const result of resultsToSend(this.last, next)) {
      this.queue = [...this.queue.filter(({ commit }) => commit !== result.commit), result]
      this.last = result
    }
    if (this.queue.length > 0) this.running ??= this.drain()
  }

  /** Waits until everything is sent, at most `timeoutMs`. A result that is not sent then is sent by the next watch. */
  async close(timeoutMs: number): Promise<void> {
    await Promise.race([this.running, delay(timeoutMs, undefined, { signal: this.ending.signal, ref: false })])
    this.ending.abort()
    await this.running
  }

  private async drain(): Promise<void> {
    // The caller of `observe` continues first.
    await Promise.resolve()
    let failures = 0
    for (let result = this.queue[0]; result !== undefined && !this.ending.signal.aborted; result = this.queue[0]) {
      const { verdict, reason } = await this.send(result)
      if (verdict === 'retry') {
        failures += 1
        if (failures === 1) this.options.warn(this.delay(result, reason))
        await this.wait(failures)
        continue
      }
      failures = 0
      this.queue = this.queue.filter((one) => one !== result)
      // It is sent again by the next watch, which may have another token.
      if (verdict === 'refused') this.options.warn(this.refusal(result, reason))
      else await this.options.save(result).catch(() => undefined)
    }
    this.running = undefined
  }

  private delay({ commit }: CommitResult, reason: string): string {
    return `The status of commit ${shortCommit(commit)} was not sent to ${this.shown}: ${reason}. It is tried again.`
  }

  private refusal({ commit }: CommitResult, reason: string): string {
    return `${this.shown} does not accept the status of commit ${shortCommit(commit)}: ${reason}.`
  }

  private get shown(): string {
    return new URL(this.options.forge.api).host
  }

  private async wait(failures: number): Promise<void> {
    const wait = Math.min((this.options.firstWait ?? firstWaitMs) * 2 ** (failures - 1), maxWaitMs)
    await delay(wait * (0.8 + Math.random() * 0.4), undefined, { signal: this.ending.signal, ref: false }).catch(
      () => undefined,
    )
  }

  private async send(
    result: CommitResult,
  ): Promise<{ readonly verdict: ReturnType<typeof verdictOf>; readonly reason: string }> {
    const { forge, context } = this.options
    try {
      const { url, headers, body } = statusRequest(forge, await this.options.token(), context, result)
      const response = await fetch(url, {
        method: 'POST',
        // A redirect could carry the token anywhere.
        redirect: 'manual',
        signal: AbortSignal.any([this.ending.signal, AbortSignal.timeout(timeoutMs)]),
        headers,
        body,
      })
      const answer = (await response.text()).slice(0, maxAnswerCharacters)
      return { verdict: verdictOf(forge, result, response.status, answer), reason: `it answered ${response.status}` }
    } catch (error) {
      return { verdict: 'retry', reason: failureText(error) }
    }
  }
}

/** Never the message of an unknown error: it may hold the token. */
function failureText(error: unknown): string {
  if (error instanceof TokenMissing) return error.message
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time'
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection'
}

/** The token cannot be read. The message is the end of a sentence. */
export class TokenMissing extends Error {}

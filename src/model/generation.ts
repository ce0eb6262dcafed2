import type { Operation } from 'fast-json-patch'
import type { Address } from './address.ts'
import type { RecordedDiagnostic } from './errors.ts'
import type { Plan } from './plan.ts'

/** What a run concerned of one stack, and what stated it. */
export interface StackSource {
  /** `desiredHash` of what was stated; null: no file states all of it (a target, an end, a Pulumi program). */
  readonly desiredHash: string | null
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** One run that changed something. `time` is RFC 3339. */
export interface Generation {
  readonly generation: number
  readonly user: string
  /** How they became root: through sudo, or as who logged in (loginuid); undefined: `user` is who ran it. */
  readonly via?: 'sudo' | 'login'
  readonly pid: number
  /** The command as it was typed, or what else did it: `watch`, `pulumi`. */
  readonly command: string
  /** Of watch the folder, or the repository with its commit and author; of a Pulumi program `PROJECT/STACK`. */
  readonly origin?: string
  readonly time: string
  readonly summary: Plan['summary']
  /** The stacks that the run concerned, by name. */
  readonly stacks: Readonly<Record<string, StackSource>>
  /** The generation whose state this run brought back. */
  readonly rollbackOf?: number
  /** `started`: under way, or killed. */
  readonly result: 'started' | 'done' | 'failed' | 'interrupted'
  /** Why steps failed: a line each, with the address. */
  readonly failures?: readonly RecordedDiagnostic[]
}

/** One stack as a generation left it, or meant to: plain JSON, specs bound, sensitive values as tokens. */
export interface StackRecord {
  readonly desiredHash: string | null
  readonly resources: Readonly<Record<Address, object>>
}

/** The whole instance at a generation: its stacks by name. */
export type HistoryDocument = ReadonlyMap<string, StackRecord>

/** RFC 6902, on a document `{ stacks: { NAME: record } }`. */
export type Patch = readonly Operation[]

/** What a generation changes in the document. */
export interface Recorded {
  /** The stacks that differ; undefined: it goes. */
  readonly records: ReadonlyMap<string, StackRecord | undefined>
  /** Leads back to the document of the generation before. */
  readonly back: Patch
  /** Sensitive values that the records refer to, by name (model/sensitive.ts), sealed under the instance's key. */
  readonly sealed: ReadonlyMap<string, string>
}

/** The newest document, and from each kept generation the patch to the one before it. */
export interface History {
  readonly document: HistoryDocument
  readonly patches: ReadonlyMap<number, Patch>
}

import type { ErrorCode } from '../generated/error-codes.ts'
import type { Address } from './address.ts'
import { systemFault } from './system-fault.ts'

/** Where a fault stands in a user's file. `line` and `column` count from 1; `quote` is the line as written. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly quote?: string
}

/** One fault as records keep it: another version of HeroPods may have written it, with a code that this one does not know. */
export interface RecordedDiagnostic {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly place?: Place
  /** Address of the resource concerned, if one is. */
  readonly address?: Address
  /** Whether doing the same again can help. */
  readonly retryable?: boolean
}

/** One fault as data: what and why (`message`), where, and the way out (`hint`). `code` never changes its meaning. */
export interface Diagnostic extends RecordedDiagnostic {
  readonly code: ErrorCode
}

/** So many faults of one input are reported with their places; of the rest only the number. */
export const mostReported = 100

/** The last of a list that was cut at `mostReported`; `left` is how many it leaves out. */
export const andMore = (left: number): Diagnostic => ({
  code: 'more-problems',
  message: `There ${left === 1 ? 'is 1 more problem' : `are ${left} more problems`}.`,
  hint: 'Fix the reported ones first.',
})

/** Faults that one command reports at once. */
export const reported = (all: readonly Diagnostic[]): readonly Diagnostic[] =>
  all.length > mostReported ? [...all.slice(0, mostReported), andMore(all.length - mostReported)] : all

/** Exit codes of the command line, as users script against them. */
export const ExitCode = { done: 0, failed: 1, changes: 2, refused: 3, interrupted: 130 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** The one error class of HeroPods. `refused`: nothing was touched because input or circumstances forbid it (exit code 3). */
export class HeroPodsError extends Error {
  readonly diagnostics: readonly Diagnostic[]
  readonly refused: boolean

  constructor(diagnostics: Diagnostic | readonly Diagnostic[], options: { refused?: boolean; cause?: unknown } = {}) {
    const list = 'code' in diagnostics ? [diagnostics] : diagnostics
    super(list.map((diagnostic) => diagnostic.message).join('\n'), { cause: options.cause })
    this.name = 'HeroPodsError'
    this.diagnostics = list
    this.refused = options.refused ?? false
  }
}

/** Refuses input or circumstances: exit code 3, nothing touched. */
export const refuse = (diagnostics: Diagnostic | readonly Diagnostic[]): HeroPodsError =>
  new HeroPodsError(diagnostics, { refused: true })

/** The first of several, where there is room for one; its first line says how many more there are. */
export function firstOf(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  const [first, ...others] = diagnostics
  if (first === undefined || others.length === 0) return first
  return { ...first, message: first.message.replace(/[.:]?(?=\n|$)/, (end) => ` (and ${others.length} more)${end}`) }
}

/** Any thrown value as a diagnostic: of ours, of the kernel's, or a fault of HeroPods itself. */
export function toDiagnostic(error: unknown): Diagnostic {
  const known = error instanceof HeroPodsError ? firstOf(error.diagnostics) : undefined
  if (known) return known
  return (
    systemFault(error) ?? {
      code: 'internal',
      message: `HeroPods failed by a fault of its own: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      hint: 'Please report it, with what HEROPODS_DEBUG=1 adds. Nothing is lost: the same command goes on where this one ended.',
    }
  )
}

/** The message of any thrown value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A message without the lines that follow its first, as a container's output. */
export const firstLine = (message: string): string => message.split('\n')[0]?.replace(/:$/, '.') ?? ''

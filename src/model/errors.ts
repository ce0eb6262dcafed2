import type { ErrorCode } from '../generated/error-codes.ts'
import type { ResourceAddress } from './resource-address.ts'
import { systemFault } from './system-fault.ts'

/** The location of an error in a user's file. `line` and `column` count from 1; `quote` is the text of the line. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly quote?: string
}

/** A place in a sentence: `shop.yaml:65:12`. Pure. */
export const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`

/** A diagnostic in a record. Another version of HeroPods may have written it, with a code that this version does not have. */
export interface RecordedDiagnostic {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly place?: Place
  /** Address of the resource with the error, if there is one. */
  readonly address?: ResourceAddress
  /** True if the same operation can succeed later. */
  readonly retryable?: boolean
}

/** An error or warning as data: `message` describes it, `hint` gives a solution. The meaning of a `code` never changes. */
export interface Diagnostic extends RecordedDiagnostic {
  readonly code: ErrorCode
  /** The field of the object at `address`, as a JSON pointer; only until its place is known. */
  readonly path?: string
}

/** The maximum number of problems in one report. Of the others only their number is reported. */
export const reportLimit = 100

/** The last diagnostic of a list that was cut at `reportLimit`. `left` is the number of problems that were cut. */
export const moreProblems = (left: number): Diagnostic => ({
  code: 'more-problems',
  message: `There ${left === 1 ? 'is 1 more problem' : `are ${left} more problems`}.`,
  hint: 'Fix the reported ones first.',
})

/** Cuts a list of problems at `reportLimit`. `left`: the number of problems that are not in the list. */
export function limitReported(all: readonly Diagnostic[], left = 0): readonly Diagnostic[] {
  const reported = all.slice(0, reportLimit)
  const more = left + all.length - reported.length
  return more > 0 ? [...reported, moreProblems(more)] : reported
}

/** Exit codes of the command line. Scripts of users depend on them. */
export const ExitCode = { done: 0, failed: 1, changes: 2, refused: 3, interrupted: 130 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** The only error class of HeroPods. `refused`: invalid input or the current state forbids the operation, and nothing was changed (exit code 3). */
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

/** An error for an operation that changed nothing: exit code 3. */
export const refusedError = (diagnostics: Diagnostic | readonly Diagnostic[]): HeroPodsError =>
  new HeroPodsError(diagnostics, { refused: true })

/** The first diagnostic, with the number of the others in its first line. */
export function firstOf(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  const [first, ...others] = diagnostics
  if (first === undefined || others.length === 0) return first
  return { ...first, message: first.message.replace(/[.:]?(?=\n|$)/, (end) => ` (and ${others.length} more)${end}`) }
}

/** Converts any thrown value: an error of HeroPods, an error of the system, or (`internal`) a bug of HeroPods. */
export function toDiagnostic(error: unknown): Diagnostic {
  const known = error instanceof HeroPodsError ? firstOf(error.diagnostics) : undefined
  if (known) return known
  return (
    systemFault(error) ?? {
      code: 'internal',
      message: `HeroPods failed because of a bug: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      hint: 'Please report it with the output of HEROPODS_DEBUG=1. Nothing is lost: run the same command again and it continues.',
    }
  )
}

/** The message of any thrown value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The first line of a message. Further lines hold, for example, the output of a container. */
export const firstLine = (message: string): string => message.split('\n')[0]?.replace(/:$/, '.') ?? ''

/** The first line of the message of a diagnostic, with its place: `Port 80 is taken (shop.yaml:12).` Pure. */
export function withPlace({ message, place }: Pick<RecordedDiagnostic, 'message' | 'place'>): string {
  const text = firstLine(message)
  return place ? `${text.replace(/\.$/, '')} (${place.file}:${place.line}).` : text
}

import { signalNameOf } from '../../values/signal.ts'

interface Exit {
  readonly exitCode: number
  readonly outOfMemory: boolean
  readonly stoppedBy?: string
  readonly stopNote?: string
  readonly isUnplanned?: true
}

/**
 * An exit code with its cause: `143, stopped by generation 4`, `137 (out of memory)`, `139, killed by SIGSEGV`. `not by HeroPods` is part of
 * it only if that is known. Pure.
 */
export function exitText({ exitCode, outOfMemory, stoppedBy, stopNote, isUnplanned }: Exit): string {
  if (stoppedBy !== undefined)
    return `${exitCode}, stopped by ${stoppedBy}${stopNote === undefined ? '' : ` (${stopNote})`}`
  if (outOfMemory) return `${exitCode} (out of memory)`
  const signal = exitCode > 128 ? signalNameOf(exitCode - 128) : undefined
  if (signal === undefined) return String(exitCode)
  const others = [...(isUnplanned ? ['not by HeroPods'] : []), ...(signal === 'SIGKILL' ? ['not out of memory'] : [])]
  return [`${exitCode}, killed by ${signal}`, ...others].join(', ')
}

import type { Paths } from '../host/files/paths.ts'
import { type Address, parseAddress } from '../model/address.ts'
import { type Diagnostic, ExitCode, HeroPodsError } from '../model/errors.ts'
import { type NotHealthy, awaitHealth as waitHealthy } from '../reconciler/engine/health.ts'
import { openTerminal } from './context.ts'

export interface AwaitOptions {
  /** Milliseconds. */
  readonly timeout: number
  readonly json?: boolean
  /** Takes sensitive values out of what a check said. */
  readonly conceal: (text: string) => string
}

/**
 * `apply --wait`: until every container runs, and is healthy where it has a check. Holds no lock, so that others can mend meanwhile.
 * Raises `not-healthy`, naming each container with what its check said last.
 */
export async function awaitHealth(
  paths: Paths,
  containers: readonly Address[],
  options: AwaitOptions,
): Promise<number> {
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  if (!options.json) openTerminal().note('Waiting for containers to be well.')
  try {
    const how = { signal: interrupt.signal, timeout: options.timeout }
    const { pending, failed } = await waitHealthy(paths, containers, how)
    const verdicts = failed.length > 0 ? failed : pending
    if (verdicts.length === 0) return ExitCode.done
    const late = failed.length > 0 ? '' : ` after ${options.timeout / 1000} s`
    throw new HeroPodsError(verdicts.map((one) => diagnostic(one, late)))
  } catch (error) {
    if (interrupt.signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }

  function diagnostic({ container, why, words }: NotHealthy, late: string): Diagnostic {
    return {
      code: 'not-healthy',
      message: `${container} ${why}${late}${options.conceal(words) || '.'}`,
      hint: `See \`heropods logs ${parseAddress(container).name}\`.`,
      address: container,
    }
  }
}

import type { Paths } from '../host/files/paths.ts'
import { LocalHost } from '../host/local.ts'
import { type Address, parseAddress } from '../model/address.ts'
import { type Diagnostic, ExitCode, HeroPodsError } from '../model/errors.ts'
import { lastWords } from '../providers/container/health/explain.ts'
import type { Verdict } from '../providers/container/health/gate.ts'
import { waitHealthy } from '../providers/container/health/wait.ts'
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
  const write = { host: new LocalHost(), paths }
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  if (!options.json) openTerminal().note('Waiting for containers to be well.')
  try {
    const { pending, failed } = await waitHealthy(write, containers, {
      signal: interrupt.signal,
      timeout: options.timeout,
    })
    const verdicts = failed.length > 0 ? failed : pending
    if (verdicts.length === 0) return ExitCode.done
    const late = failed.length > 0 ? '' : ` after ${options.timeout / 1000} s`
    throw new HeroPodsError(await Promise.all(verdicts.map((one) => diagnostic(one, late))))
  } catch (error) {
    if (interrupt.signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }

  async function diagnostic({ container, why }: Verdict, late: string): Promise<Diagnostic> {
    const words = options.conceal(await lastWords(write, container))
    return {
      code: 'not-healthy',
      message: `${container} ${why}${late}${words || '.'}`,
      hint: `See \`heropods logs ${parseAddress(container).name}\`.`,
      address: container,
    }
  }
}

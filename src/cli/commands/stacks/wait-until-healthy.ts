import type { Paths } from '../../../host/files/paths.ts'
import { type Diagnostic, ExitCode, HeroPodsError } from '../../../model/errors.ts'
import { memoryLimitText } from '../../../model/kinds/text/memory-text.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { awaitHealth, type HealthOutcome, type NotReadyContainer } from '../../../reconciler/engine/health.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal } from '../../terminal.ts'

export interface HealthWaitOptions {
  /** Milliseconds. */
  readonly timeout: number
  readonly json: boolean
  /** Removes sensitive values from the output of a check. */
  readonly redact: (text: string) => string
}

/**
 * `apply --wait`: waits until every container runs, and is healthy if it has a check. Holds no lock, so that other commands and watch
 * can work meanwhile. Returns the exit code. Raises `not-healthy` with the last output of each check.
 */
export async function waitUntilHealthy(
  paths: Paths,
  containers: readonly ResourceAddress[],
  options: HealthWaitOptions,
): Promise<number> {
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  const note = (text: string): void => (options.json ? undefined : openTerminal().note(text))
  note('Waiting for containers to become healthy ...')
  try {
    const outcome = await awaitHealth(localHost, paths, containers, {
      signal: interrupt.signal,
      timeout: options.timeout,
    })
    const diagnostics = unhealthyDiagnostics(outcome, options)
    if (diagnostics.length > 0) throw new HeroPodsError(diagnostics)
    note(containers.length === 1 ? 'Ready.' : `All ${containers.length} ready.`)
    return ExitCode.done
  } catch (error) {
    if (interrupt.signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
}

/**
 * One diagnostic per container that failed, or else per container that was still pending at the timeout. The output of several that fail
 * alike is in the first one. Pure.
 */
export function unhealthyDiagnostics(
  { failed, pending }: HealthOutcome,
  { timeout, redact }: Pick<HealthWaitOptions, 'timeout' | 'redact'>,
): readonly Diagnostic[] {
  const [all, elapsed] = failed.length > 0 ? [failed, ''] : [pending, ` after ${timeout / 1000} s`]
  const first = new Map<string, NotReadyContainer>()
  return all.map((one): Diagnostic => {
    const { container, why, output } = one
    const { name } = parseResourceAddress(container)
    const key = `${why}${output}`.replaceAll(container, '').replaceAll(name, '')
    const same = first.get(key)
    if (same === undefined) first.set(key, one)
    return same === undefined
      ? {
          code: 'not-healthy',
          message: `${container} ${why}${elapsed}${redact(output) || '.'}`,
          hint: hintOf(one),
          address: container,
        }
      : {
          code: 'not-healthy',
          message: `${container} ${why}${elapsed}, for the same reason as ${parseResourceAddress(same.container).name}.`,
          address: container,
        }
  })
}

function hintOf({ container, exceededMemory, byHand }: NotReadyContainer): string {
  if (exceededMemory !== undefined) return `${capitalized(memoryLimitText(exceededMemory))}.`
  if (byHand !== undefined) return `Run the check by hand: \`${byHand}\`.`
  return `See \`heropods logs ${parseResourceAddress(container).name}\`.`
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

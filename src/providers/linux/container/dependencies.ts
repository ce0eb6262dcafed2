import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { dependencyState } from '../../../model/kinds/dependency.ts'
import type { ObservedContainer } from '../../../model/kinds/readiness.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { interruptionOf, type WriteContext } from '../../provider.ts'
import type { DependencyMode } from '../../runtime.ts'
import { asObserved, inspect } from './process/container-state.ts'
import { recordExit } from './process/exit-record.ts'
import { awaitExitCode } from './process/read-exit-code.ts'

type Waiter = Pick<WriteContext, 'host' | 'paths' | 'progress'> & { readonly signal: AbortSignal }

/** Waits for the dependencies of containers before these start. Waits for the health of one container share its checks. */
export class Dependencies {
  private readonly waits = new Map<ResourceAddress, Promise<void>>()

  constructor(private readonly mode: DependencyMode) {}

  /** True if the container may have to wait. Pure. */
  static any(spec: ContainerSpec): boolean {
    return spec.depends_on.some((one) => one.condition !== 'service_started')
  }

  /**
   * Returns once every dependency is fulfilled. Raises `dependency-failed`; in mode `defer` `dependency-pending` (retryable) instead of
   * waiting. `interrupted` if the run ends or drains: the container was not touched.
   */
  async await(write: WriteContext, container: ResourceAddress, spec: ContainerSpec): Promise<void> {
    const signal = interruptionOf(write)
    try {
      for (const dependency of spec.depends_on) await this.fulfilled({ ...write, signal }, container, dependency)
    } catch (error) {
      throw signal.aborted ? interruptedError(container, error) : error
    }
  }

  private fulfilled(
    write: Waiter,
    container: ResourceAddress,
    { container: other, condition }: ContainerSpec['depends_on'][number],
  ): Promise<void> {
    switch (condition) {
      case 'service_started':
        // The order of the steps sees to it.
        return Promise.resolve()
      case 'service_completed_successfully':
        return this.completed(write, container, other)
      case 'service_healthy':
        return this.healthy(write, container, other)
    }
  }

  private async completed(write: Waiter, container: ResourceAddress, other: ResourceAddress): Promise<void> {
    for (let round = 0; ; round++) {
      const dependency = dependencyState('service_completed_successfully', await observeEnd(write, other))
      if (dependency.state === 'fulfilled') return recordExit(write, other)
      if (dependency.state === 'failed')
        throw dependencyFailedError(container, other, 'to complete', `which ${dependency.text}.`)
      if (this.mode === 'defer') throw dependencyPendingError(container, other, 'to complete')
      if (round === 0) write.progress(container, `waiting for ${other} to complete`)
      await delay(pollIntervalMs, undefined, { signal: write.signal })
    }
  }

  private async healthy(write: Waiter, container: ResourceAddress, other: ResourceAddress): Promise<void> {
    const look = await inspect(write, other)
    const dependency = dependencyState('service_healthy', look && asObserved(look))
    if (dependency.state === 'fulfilled') return
    if (look?.state === 'running' && look.health === undefined)
      throw dependencyFailedError(container, other, 'to be healthy', `which ${dependency.text}.`)
    if (this.mode === 'defer') throw dependencyPendingError(container, other, 'to be healthy')
    write.progress(container, `waiting for ${other} to be healthy`)
    const wait = this.waits.get(other) ?? awaitReady(write, other).finally(() => this.waits.delete(other))
    this.waits.set(other, wait)
    try {
      await wait
    } catch (error) {
      throw error instanceof NotReadyError
        ? dependencyFailedError(container, other, 'to be healthy', `which ${error.message}`, error.byHand)
        : error
    }
  }
}

/** Time between two observations of a container that must complete, milliseconds. */
const pollIntervalMs = 20

/** Observes a container. If its process has just ended, waits for its exit code, which conmon writes a moment later. */
async function observeEnd(write: Waiter, container: ResourceAddress): Promise<ObservedContainer> {
  const look = await inspect(write, container)
  if (look === undefined) return undefined
  const { exitCode, running } = look
  if (exitCode !== undefined || running === undefined || (await write.host.isAlive(running.process)))
    return asObserved(look)
  await awaitExitCode(write, running.id)
  const later = await inspect(write, container)
  return later && asObserved(later)
}

/** A dependency that cannot become healthy by itself. The message is the reason. */
class NotReadyError extends Error {
  constructor(
    message: string,
    /** The command that runs its failed check by hand. */
    readonly byHand: string | undefined,
  ) {
    super(message)
  }
}

async function awaitReady(write: Waiter, container: ResourceAddress): Promise<void> {
  const [{ waitReady }, { checkByHandOf, lastOutput: lastWords }] = await Promise.all([
    import('./health/wait.ts'),
    import('./health/explain.ts'),
  ])
  const [notReady] = (await waitReady(write, [container], { signal: write.signal })).failed
  const look = await inspect(write, container)
  const dependency = dependencyState('service_healthy', look && asObserved(look))
  if (notReady === undefined && dependency.state === 'fulfilled') return
  const why = notReady?.why ?? (dependency.state === 'fulfilled' ? 'was not healthy' : dependency.text)
  throw new NotReadyError(`${why}${(await lastWords(write, container)) || '.'}`, await checkByHandOf(write, container))
}

const logsOf = (container: ResourceAddress): string => `\`heropods logs ${parseResourceAddress(container).name}\``

const dependencyFailedError = (
  container: ResourceAddress,
  other: ResourceAddress,
  what: string,
  why: string,
  byHand?: string,
): HeroPodsError =>
  new HeroPodsError({
    code: 'dependency-failed',
    message: `${container} waits for ${other} ${what}, ${why}`,
    hint: byHand === undefined ? `See ${logsOf(other)}.` : `Run the check by hand: \`${byHand}\`.`,
    address: container,
  })

const interruptedError = (container: ResourceAddress, cause: unknown): HeroPodsError =>
  new HeroPodsError(
    {
      code: 'interrupted',
      message: `${container} was not started: the run was interrupted while it waited for its dependencies.`,
      address: container,
      retryable: true,
    },
    { cause },
  )

const dependencyPendingError = (container: ResourceAddress, other: ResourceAddress, what: string): HeroPodsError =>
  new HeroPodsError({
    code: 'dependency-pending',
    message: `${container} waits for ${other} ${what}.`,
    hint: `It is tried again; see ${logsOf(other)}.`,
    address: container,
    retryable: true,
  })

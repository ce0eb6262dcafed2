import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '../../../host/process/process.ts'
import { type Address, parseAddress } from '../../../model/address.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import type { WriteContext } from '../../provider.ts'
import { lookAt } from './process/run-state.ts'
import { awaitExitCode } from './process/start.ts'
import { readRunning } from './record.ts'

/** Whether a step waits for what its container depends on, or fails at once as `dependency-pending`, to be tried again. */
export type DependencyMode = 'wait' | 'defer'

/** What containers wait for before they start. Several that wait for the health of one share its checks. */
export class Dependencies {
  private readonly waits = new Map<Address, Promise<void>>()

  constructor(private readonly mode: DependencyMode) {}

  /** Whether there is anything to wait for. Pure. */
  static any(spec: ContainerSpec): boolean {
    return spec.depends_on.some((one) => one.condition !== 'service_started')
  }

  /**
   * Returns once every dependency is as its condition says. Raises `dependency-failed`, and `dependency-pending` (retryable) where it
   * is not to wait; ends with the signal.
   */
  async await(write: WriteContext, container: Address, spec: ContainerSpec): Promise<void> {
    for (const { container: other, condition } of spec.depends_on) {
      if (condition === 'service_completed_successfully') await this.completed(write, container, other)
      if (condition === 'service_healthy') await this.healthy(write, container, other)
    }
  }

  private async completed(write: WriteContext, container: Address, other: Address): Promise<void> {
    const running = await readRunning(write.host, write.paths, other)
    if (isAlive(running?.process)) {
      if (this.mode === 'defer') throw pending(container, other, 'to complete')
      write.progress(container, `waiting for ${other} to complete`)
    }
    while (isAlive(running?.process)) await delay(20, undefined, { signal: write.signal })
    const code = running && (await awaitExitCode(write, running.id))
    if (code === 0) return
    const ending = code === undefined ? 'no exit code' : `code ${code}`
    throw failed(container, other, 'to complete', `which ended with ${ending}.`)
  }

  private async healthy(write: WriteContext, container: Address, other: Address): Promise<void> {
    const look = await lookAt(write, other)
    if (look?.health?.status === 'healthy') return
    if (look?.state === 'running' && look.health === undefined)
      throw failed(container, other, 'to be healthy', 'which has no health check.')
    if (this.mode === 'defer') throw pending(container, other, 'to be healthy')
    write.progress(container, `waiting for ${other} to be healthy`)
    const wait = this.waits.get(other) ?? awaitHealthy(write, other).finally(() => this.waits.delete(other))
    this.waits.set(other, wait)
    try {
      await wait
    } catch (error) {
      throw error instanceof NotHealthy ? failed(container, other, 'to be healthy', `which ${error.message}`) : error
    }
  }
}

/** Why a container that is waited for will not be healthy. */
class NotHealthy extends Error {}

async function awaitHealthy(write: WriteContext, container: Address): Promise<void> {
  const [{ waitHealthy }, { lastWords }] = await Promise.all([
    import('./health/wait.ts'),
    import('./health/explain.ts'),
  ])
  const { failed: verdicts } = await waitHealthy(write, [container], { signal: write.signal })
  const look = await lookAt(write, container)
  if (verdicts.length === 0 && look?.health?.status === 'healthy') return
  const why = verdicts[0]?.why ?? `is ${look?.health?.status ?? look?.state ?? 'gone'}`
  throw new NotHealthy(`${why}${(await lastWords(write, container)) || '.'}`)
}

const logsOf = (container: Address): string => `\`heropods logs ${parseAddress(container).name}\``

const failed = (container: Address, other: Address, what: string, why: string): HeroPodsError =>
  new HeroPodsError({
    code: 'dependency-failed',
    message: `${container} waits for ${other} ${what}, ${why}`,
    hint: `See ${logsOf(other)}.`,
    address: container,
  })

const pending = (container: Address, other: Address, what: string): HeroPodsError =>
  new HeroPodsError({
    code: 'dependency-pending',
    message: `${container} waits for ${other} ${what}.`,
    hint: `It is tried again; see ${logsOf(other)}.`,
    address: container,
    retryable: true,
  })

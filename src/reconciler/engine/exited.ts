import { type Paths, watchLockPath } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { NewEvent } from '../../model/event.ts'
import { exitCodeText } from '../../model/kinds/readiness.ts'
import { isOneOff } from '../../model/one-off/one-off.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import { writeContext } from '../../providers/contexts.ts'
import type { FinalExit, PolicyRestart } from '../../providers/operations.ts'
import { localRuntime } from '../runtime-registry.ts'

export interface ExitedContainer {
  readonly host: Host
  readonly paths: Paths
  readonly container: ResourceAddress
  /** Number of the run. */
  readonly run: number
  /** How conmon calls HeroPods when the next process exits. */
  readonly heropodsCommand: readonly string[]
}

/**
 * Handles the exit of a container as its restart policy requires, then publishes an event. Needs no session: no Redis, no stack, no lock
 * of the instance. A one-off container that is not restarted is removed by a process of its own: conmon waits for this one.
 */
export async function answerExit({ host, paths, container, run, heropodsCommand }: ExitedContainer): Promise<void> {
  const runtime = localRuntime({ heropodsCommand })
  const reaction = await runtime.containers.answerExit(writeContext(host, paths), container, run)
  if (reaction?.number !== undefined) await publishExit(host, paths, restartEvent(container, reaction))
  else if (isOneOff(container)) await startRemoval(host, paths, heropodsCommand)
  else if (reaction) await publishExit(host, paths, exitEvent(container, reaction))
}

/** The event of an exit after which the container stays down. Pure. */
export function exitEvent(container: ResourceAddress, { exitCode, outOfMemory }: FinalExit): NewEvent {
  const { stack, name } = parseResourceAddress(container)
  const common = { type: 'container.exited', stack, address: container } as const
  if (exitCode === 0) return { ...common, level: 'info', reason: 'Completed', message: `${name} completed.` }
  const message = `${name} exited with code ${exitCodeText(exitCode, outOfMemory)} and is not restarted.`
  return { ...common, level: 'warning', reason: outOfMemory ? 'OutOfMemory' : 'Exited', message }
}

async function startRemoval(host: Host, { data, run, instance }: Paths, command: readonly string[]): Promise<void> {
  const [program = '', ...args] = command
  const { HEROPODS_REDIS_URL: url } = host.environment
  await host.spawnDaemon({
    program,
    args: [...args, '__remove-ended', data, run, instance],
    env: url === undefined ? {} : { HEROPODS_REDIS_URL: url },
  })
}

/** The event of a restart by a restart policy. Pure. */
export function restartEvent(container: ResourceAddress, restart: PolicyRestart): NewEvent {
  const { exitCode, outOfMemory, number, failure } = restart
  const { stack, name } = parseResourceAddress(container)
  const exit = `${name} exited with code ${exitCodeText(exitCode, outOfMemory)} and`
  const common = { type: 'container.restarted', stack, address: container } as const
  // A run that ends at once was started. Its own exit has its own event.
  if (failure === undefined || failure.code === 'container-exited')
    return {
      ...common,
      level: 'warning',
      reason: outOfMemory ? 'OutOfMemory' : 'RestartPolicy',
      message: `${exit} was restarted (restart ${number}).`,
    }
  const message = `${exit} could not be restarted: ${failure.message}`
  return { ...common, level: 'error', reason: conditionReason(failure.code), message }
}

/** Starts no server for an event. A running watch observes the exit itself, and publishes it. */
async function publishExit(host: Host, paths: Paths, event: NewEvent): Promise<void> {
  if (await host.isLocked(watchLockPath(paths))) return
  const { openWatchStore } = await import('../../state/watch-store.ts')
  const store = await openWatchStore({ host, paths, mode: 'read' }).catch(() => undefined)
  try {
    await store?.publish(event)
  } catch {
    // The container does not depend on its events.
  } finally {
    await store?.close()
  }
}

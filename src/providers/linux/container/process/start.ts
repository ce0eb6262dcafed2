import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { outOfMemoryKills } from '../../../../host/cgroup.ts'
import type { ProcessIdentity } from '../../../../host/host.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import { exitCodeText } from '../../../../model/kinds/readiness.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { runtimeRoot } from '../layout.ts'
import { notStartedText } from '../oci/init-failure.ts'
import { lastLines, quoted } from './logs.ts'
import { awaitExitCode } from './read-exit-code.ts'

/** The last steps of a start: the process that `conmon.ts` has created begins to run, and is observed until it is stable. */

/** Time of the first check. The next ones are further and further apart. Milliseconds. */
const firstCheckMs = 10

/** Starts the process of a created container, as `crun start` does, but without a new process. */
export async function startProcess(write: WriteContext, id: string, process: ProcessIdentity): Promise<void> {
  const fifo = join(runtimeRoot(write.paths), id, 'exec.fifo')
  for (;;) {
    try {
      // The process waits for one byte. Without it, it would read the empty pipe again and again.
      await write.host.writeFifo(fifo, '0')
      await write.host.removeFile(fifo)
      return
    } catch (error) {
      if (!hasNoReader(error) || !(await write.host.isAlive(process))) throw error
      await delay(1)
    }
  }
}

const hasNoReader = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENXIO'

/** A process that was started. */
interface StartedProcess {
  readonly id: string
  readonly process: ProcessIdentity
  /** Program and arguments. */
  readonly args: readonly string[]
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/** Waits until the process has run for `stableMs`, or has exited with 0. Raises `container-exited` with the code and the last lines of output. */
export async function waitUntilStable(
  write: WriteContext,
  container: ResourceAddress,
  { id, process, args, startedAt }: StartedProcess,
  stableMs: number,
): Promise<void> {
  // A job that ends soon is noticed soon; a service is checked only a few times.
  for (let pause = firstCheckMs; await write.host.isAlive(process); pause *= 2) {
    const left = startedAt + stableMs - Date.now()
    if (left <= 0) return
    await delay(Math.min(left, pause))
  }
  const code = await awaitExitCode(write, id)
  if (code === 0) return
  const kills = await outOfMemoryKills(write.host, cgroupOf(write.paths, id))
  const lines = await lastLines(write, container, 20, startedAt)
  const notStarted = notStartedText(args, lines)
  if (notStarted !== undefined)
    throw new HeroPodsError({
      code: 'container-exited',
      message: `${container} ${notStarted}.`,
      hint: 'Check its `command` and `entrypoint` against the image, and apply again.',
      address: container,
    })
  throw new HeroPodsError({
    code: 'container-exited',
    message: `${container} exited with code ${exitCodeText(code, kills > 0)} right after its start${quoted(lines) || ' and wrote nothing.'}`,
    hint: kills > 0 ? 'Raise its `mem_limit`, and apply again.' : 'Fix its command or configuration, and apply again.',
    address: container,
  })
}

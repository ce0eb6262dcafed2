import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader, ProcessIdentity } from '../../../../host/host.ts'
import type { Address } from '../../../../model/address.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { WriteContext } from '../../../provider.ts'
import { exitFolder, runtimeRoot } from '../layout.ts'
import { lastLines, quoted } from './logs.ts'

/** A start is done when the process has run for this long, or exited with 0. Milliseconds. */
const stableTime = 1000

/** Lets a created container's process go: what `crun start` does, without a spawn. */
export async function startProcess(write: WriteContext, id: string, process: ProcessIdentity): Promise<void> {
  const fifo = join(runtimeRoot(write.paths), id, 'exec.fifo')
  for (;;) {
    try {
      // Without a byte the process would read an empty pipe again and again.
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

/** Exit code of one run, from the file conmon leaves; undefined while there is none. */
export async function exitCodeOf(host: HostReader, paths: Paths, id: string): Promise<number | undefined> {
  const path = join(exitFolder(paths), id)
  const text = (await host.readFile(path))?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d{1,3}$/.test(text)) return Number(text)
  host.damage.set(path, 'is not an exit code')
  return undefined
}

/** Waits until a start has proved itself. Raises `container-exited` with the code and the last lines of output. */
export async function waitUntilStable(
  write: WriteContext,
  container: Address,
  id: string,
  process: ProcessIdentity,
  startedAt: number,
  settleMs = stableTime,
): Promise<void> {
  while (await write.host.isAlive(process)) {
    const left = startedAt + settleMs - Date.now()
    if (left <= 0) return
    await delay(Math.min(left, 20))
  }
  const code = await awaitExitCode(write, id)
  if (code === 0) return
  const lines = await lastLines(write.host, write.paths, container, 20)
  throw new HeroPodsError({
    code: 'container-exited',
    message: `${container} exited with code ${code ?? 'unknown'} right after its start${quoted(lines) || ' and wrote nothing.'}`,
    hint: 'Mend its command or configuration and apply again.',
    address: container,
  })
}

/** conmon writes the code a moment after the process has gone. */
export async function awaitExitCode(
  write: Pick<WriteContext, 'host' | 'paths'>,
  id: string,
): Promise<number | undefined> {
  for (const deadline = Date.now() + 2000; Date.now() < deadline; await delay(5)) {
    const code = await exitCodeOf(write.host, write.paths, id)
    if (code !== undefined) return code
  }
  return undefined
}

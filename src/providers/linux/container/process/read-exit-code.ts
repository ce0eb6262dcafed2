import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'
import { exitFolder } from '../layout.ts'

/** The exit code of a run, which conmon writes to a file a moment after the process has ended. */

/** undefined while there is none. */
export async function exitCodeOf(host: HostReader, paths: Paths, id: string): Promise<number | undefined> {
  const path = join(exitFolder(paths), id)
  const text = (await host.readFile(path))?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d{1,3}$/.test(text)) return Number(text)
  host.damage.set(path, 'is not an exit code')
  return undefined
}

/** Replaces the exit code of a run that has ended. */
export const writeExitCode = ({ host, paths }: InstanceWriter, id: string, code: number): Promise<void> =>
  host.writeFile(join(exitFolder(paths), id), String(code))

/** The time when a run ended (RFC 3339), which is that of its exit code; undefined while there is none. */
export async function exitTimeOf(host: HostReader, paths: Paths, id: string): Promise<string | undefined> {
  const file = await host.stat(join(exitFolder(paths), id))
  return file && new Date(file.mtimeMs).toISOString()
}

/** Waits for the exit code of a run whose process has ended; undefined if there is none after two seconds. */
export async function awaitExitCode(read: InstanceReader, id: string): Promise<number | undefined> {
  for (const deadline = Date.now() + 2000; Date.now() < deadline; await delay(5)) {
    const code = await exitCodeOf(read.host, read.paths, id)
    if (code !== undefined) return code
  }
  return undefined
}

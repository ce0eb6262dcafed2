import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import { removeAbandoned, temporaryName } from '../../../../host/files/temporary.ts'
import type { Host, HostReader } from '../../../../host/host.ts'
import type { DownloadProgress } from '../../../../model/plan.ts'

const pollingMs = 300

export interface WatchedDownload {
  /** Called several times a second while bytes arrive. */
  readonly onProgress: (progress: DownloadProgress) => void
  /** The number of bytes of the complete download; undefined: unknown. */
  readonly size: () => Promise<number | undefined>
}

/**
 * Calls `download` with a new folder for temporary files, and reports the size of its files until the download ends. The folder is then
 * removed.
 */
export async function watchingDownload<T>(
  { host, paths }: { readonly host: Host; readonly paths: Paths },
  { onProgress, size }: WatchedDownload,
  download: (folder: string) => Promise<T>,
): Promise<T> {
  const images = join(paths.data, 'images')
  await removeAbandoned(host, images, 0)
  const folder = join(images, temporaryName(host.system.pid))
  await host.makeDir(folder)
  let [bytes, total]: [number, number | undefined] = [0, undefined]
  // The download does not wait for the answer.
  const asked = size().then(
    (found) => {
      total = found
    },
    () => undefined,
  )
  const report = async (): Promise<void> => {
    // Podman removes the file of a layer that it has unpacked.
    bytes = Math.max(bytes, await sizeOfTree(host, folder))
    onProgress({ bytes, ...(total !== undefined && { total: Math.max(total, bytes) }) })
  }
  const timer = setInterval(() => void report().catch(() => undefined), pollingMs)
  try {
    return await download(folder)
  } finally {
    clearInterval(timer)
    await asked
    await host.removeTree(folder)
  }
}

/** Size of the files in a folder and in the folders directly in it, bytes. */
async function sizeOfTree(host: HostReader, folder: string): Promise<number> {
  const folders = [folder, ...(await host.readSubfolders(folder)).map((name) => join(folder, name))]
  const paths = await Promise.all(folders.map(async (one) => (await host.readDir(one)).map((name) => join(one, name))))
  const stats = await Promise.all(paths.flat().map((path) => host.stat(path)))
  return stats.reduce((sum, stat) => sum + (stat?.kind === 'file' ? stat.size : 0), 0)
}

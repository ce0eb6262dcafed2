import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import { removeAbandoned, temporaryName } from '../../../../host/files/temporary.ts'
import type { Host, HostReader } from '../../../../host/host.ts'

/** Called with the bytes that have been downloaded so far. */
export type OnBytes = (bytes: number) => void

const pollingMs = 300

/**
 * Calls `download` with a new folder for temporary files, and reports the size of its files until the download ends. The folder is then
 * removed.
 */
export async function watchingDownload<T>(
  { host, paths }: { readonly host: Host; readonly paths: Paths },
  onBytes: OnBytes,
  download: (folder: string) => Promise<T>,
): Promise<T> {
  const images = join(paths.data, 'images')
  await removeAbandoned(host, images, 0)
  const folder = join(images, temporaryName(host.system.pid))
  await host.makeDir(folder)
  const timer = setInterval(() => void sizeOfTree(host, folder).then(onBytes, () => undefined), pollingMs)
  try {
    return await download(folder)
  } finally {
    clearInterval(timer)
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

import { join } from 'node:path'
import type { WriteContext } from '../../provider.ts'
import { idPrefix } from '../run-names.ts'
import { exitFolder, healthFolder } from './layout.ts'
import { listContainers, readRecord } from './record.ts'

/**
 * Removes files of ended runs: after a kill, conmon may write an exit code although the run was erased. File names are read before the
 * records. A new run writes its record before its files, so the files of a new run are not removed.
 */
export async function sweepEnded({ host, paths }: Pick<WriteContext, 'host' | 'paths'>): Promise<void> {
  const folders = [exitFolder(paths), healthFolder(paths), join(paths.run, 'attach')]
  const found = await Promise.all(
    folders.map(async (folder) => (await host.readDir(folder)).map((name) => ({ name, path: join(folder, name) }))),
  )
  const entries = found.flat()
  if (entries.length === 0) return
  const slots = new Map((await listContainers({ host, paths })).map((slot) => [idPrefix(slot), slot]))
  for (const { name, path } of entries) {
    // If a supervisor is killed while it writes an exit code, the file has a temporary name.
    const [, prefix = '', number] = /^(.*-)(\d+)(?:\.\w{6})?$/.exec(name) ?? []
    if (number === undefined) continue
    const slot = slots.get(prefix)
    const record = slot && (await readRecord(host, paths, slot))
    if (slot === undefined || (record !== undefined && Number(number) < record.run)) await host.removeTree(path)
  }
}

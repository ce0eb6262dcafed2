import { join } from 'node:path'
import { replicaSlot } from '../../../model/address.ts'
import type { WriteContext } from '../../provider.ts'
import { exitFolder, healthFolder, runtimeId } from './layout.ts'
import { listContainers, readRecord } from './record.ts'

/**
 * Takes away what is known of runs that are over: where a run is killed, a supervisor may write an exit code after its container's
 * traces were erased. Names are read before containers: whatever begins has its record first, so nothing of it is taken.
 */
export async function sweepEnded({ host, paths }: Pick<WriteContext, 'host' | 'paths'>): Promise<void> {
  const folders = [exitFolder(paths), healthFolder(paths), join(paths.run, 'attach')]
  const found = await Promise.all(
    folders.map(async (folder) => (await host.readDir(folder)).map((name) => ({ name, path: join(folder, name) }))),
  )
  const entries = found.flat()
  if (entries.length === 0) return
  const bodies = new Map((await listContainers({ host, paths })).map((body) => [runtimeId(replicaSlot(body), 0), body]))
  for (const { name, path } of entries) {
    // A supervisor that was killed while it wrote an exit code leaves the file under a passing name.
    const [, id, run] = /^(.*)-(\d+)(?:\.\w{6})?$/.exec(name) ?? []
    if (id === undefined) continue
    const body = bodies.get(`${id}-0`)
    const record = body && (await readRecord(host, paths, body))
    if (body === undefined || (record !== undefined && Number(run) < record.run)) await host.removeTree(path)
  }
}

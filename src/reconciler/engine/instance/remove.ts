import { type Paths, watchLockPath } from '../../../host/files/paths.ts'
import type { HostReader } from '../../../host/host.ts'
import { refusedError } from '../../../model/errors.ts'
import { countOf } from '../../../model/values/count.ts'
import type { Engine } from '../../engine.ts'

/** Raises `watch-running` (refused). */
export async function requireNoWatch(host: HostReader, paths: Paths): Promise<void> {
  if (!(await host.isLocked(watchLockPath(paths)))) return
  throw refusedError({
    code: 'watch-running',
    message: `\`heropods watch\` is running on the instance "${paths.instance}".`,
    hint: 'Stop it first: `heropods watch uninstall`, or end its process (`heropods status` shows the pid).',
  })
}

/** Raises `instance-in-use` if the instance has objects, and `volume-protected` if its data is to be erased (both refused). */
export async function requireRemovable(engine: Engine, deleteData: boolean): Promise<void> {
  const { instance } = engine.paths
  const { observations } = await engine.observe()
  if (observations.size > 0)
    throw refusedError({
      code: 'instance-in-use',
      message: `The instance "${instance}" still has ${countOf(observations.size, 'object')}.`,
      hint: `Run \`heropods destroy --all --instance ${instance}\` first.`,
    })
  if (deleteData) await requireUnprotected(engine)
}

/** Raises `volume-protected` (refused) if the instance has protected volumes. */
export async function requireUnprotected(engine: Engine): Promise<void> {
  const protectedVolumes = (await engine.volumes()).filter((volume) => volume.protect)
  if (protectedVolumes.length > 0)
    throw refusedError({
      code: 'volume-protected',
      message: `Protected volumes have data here: ${protectedVolumes.map((volume) => volume.address).join(', ')}.`,
      hint: 'Declare each with `protect: false` in a stack of its name, apply, and run `heropods destroy --all --delete-data`.',
    })
}

import { instancePaths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import { forgetDefinitions, requireInstance } from '../../../reconciler/engine/instance/instances.ts'
import { requireNoWatch } from '../../../reconciler/engine/instance/remove.ts'
import { localHost } from '../../local-host.ts'
import { type DestroyOptions, destroy } from '../stacks/destroy.ts'

/**
 * `heropods instance reset`: shows and destroys all objects of an instance, and forgets the definitions of programs. Images, settings,
 * history and, without `--delete-data`, the data of volumes stay. Raises `unknown-instance`, `watch-running`, `not-agreed` (refused).
 */
export async function instanceReset(name: string, options: DestroyOptions): Promise<number> {
  const paths = instancePaths(localHost.environment, name)
  await requireInstance(localHost, paths)
  await requireNoWatch(localHost, paths)
  const code = await destroy(undefined, { ...options, all: true, instance: name })
  if (code === ExitCode.done) await forgetDefinitions(localHost, paths)
  return code
}

import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { runtimeRoot } from '../layout.ts'
import type { OciProcess } from '../oci/config.ts'
import { readPrivileges } from '../oci/privileges.ts'
import { readConfig } from '../oci/read-config.ts'
import { clampRlimits } from '../oci/rlimits.ts'

type Reader = Pick<ReadContext, 'host' | 'paths'>

/** The process of a container from config.json, with limits that this process may set; undefined: there is no config.json. */
export async function ownProcess({ host, paths }: Reader, container: ResourceAddress): Promise<OciProcess | undefined> {
  const own = (await readConfig({ host, paths }, container))?.process
  if (own?.rlimits === undefined) return own
  const { rlimitBounds } = await readPrivileges(host)
  return { ...own, rlimits: clampRlimits(own.rlimits, rlimitBounds) }
}

/**
 * Arguments of `crun` to run the process that it reads from descriptor 3. With a descriptor, its environment does not show in a list
 * of processes. Pure.
 */
export const execArgs = (
  paths: ReadContext['paths'],
  id: string,
  options: readonly string[] = [],
): readonly string[] => [`--root=${runtimeRoot(paths)}`, 'exec', ...options, '--process=/dev/fd/3', id]

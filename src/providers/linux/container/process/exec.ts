import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { Address } from '../../../../model/address.ts'
import type { ReadContext } from '../../../provider.ts'
import { clampRlimits } from '../bundle/rlimits.ts'
import { containerLayout, runtimeRoot } from '../layout.ts'
import { bundleRecord } from '../record-shape.ts'
import type { OciProcess } from './exec-process.ts'
import { readPrivileges } from './privileges.ts'

type Reader = Pick<ReadContext, 'host' | 'paths'>

/** The process of a container as its bundle states it, with limits that this process may give; undefined where there is no bundle. */
export async function ownProcess({ host, paths }: Reader, container: Address): Promise<OciProcess | undefined> {
  const bundle = join(containerLayout(paths, container).bundle, 'config.json')
  const own = (await readJson<{ process: OciProcess }>(host, bundle, bundleRecord))?.process
  if (own?.rlimits === undefined) return own
  const { rlimitBounds } = await readPrivileges(host)
  return { ...own, rlimits: clampRlimits(own.rlimits, rlimitBounds) }
}

/**
 * Arguments of `crun` that run the process it reads from descriptor 3. The whole process goes through a descriptor: its environment is
 * nobody's to read in a list of processes. Pure.
 */
export const execArgs = (
  paths: ReadContext['paths'],
  id: string,
  options: readonly string[] = [],
): readonly string[] => [`--root=${runtimeRoot(paths)}`, 'exec', ...options, '--process=/dev/fd/3', id]

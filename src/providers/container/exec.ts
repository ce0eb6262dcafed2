import { join } from 'node:path'
import { readJson } from '../../host/json.ts'
import type { Address } from '../../model/address.ts'
import type { ReadContext } from '../provider.ts'
import type { OciProcess } from './exec-process.ts'
import { containerLayout, runtimeRoot } from './layout.ts'
import { bundleRecord } from './record-shape.ts'

type Reader = Pick<ReadContext, 'host' | 'paths'>

/** The process of a container as its bundle states it; undefined where there is no bundle. */
export async function ownProcess({ host, paths }: Reader, container: Address): Promise<OciProcess | undefined> {
  const bundle = join(containerLayout(paths, container).bundle, 'config.json')
  return (await readJson<{ process: OciProcess }>(host, bundle, bundleRecord))?.process
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

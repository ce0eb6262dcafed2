import type { ContainerActual } from '../../../model/kinds/container.ts'
import { specHash } from '../../../model/values/stable-json.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import { containerLayout } from './layout.ts'
import type { ContainerRecord } from './record.ts'

/** A start is verified once: a run of the same spec, e.g. after a reboot or a killed process, does not wait for it again. */

/** A start is done when the process has run for this long, or exited with 0. Milliseconds. */
export const stableAfterMs = 1000

/** True if a start with this spec was verified, and the last run did not end with an error of its own. `actual`: of the last run. */
export async function wasVerified(
  { host, paths }: ReadContext,
  { owner, spec }: ContainerRecord,
  actual: Pick<ContainerActual, 'exitCode' | 'outOfMemory'> | undefined,
): Promise<boolean> {
  if (hasFailed(actual)) return false
  const noted = await host.readFile(containerLayout(paths, owner).verified)
  return noted !== undefined && noted === specHash(spec)
}

export const noteVerified = ({ host, paths }: WriteContext, { owner, spec }: ContainerRecord): Promise<void> =>
  host.writeFile(containerLayout(paths, owner).verified, specHash(spec))

/** A process that was killed by a signal has an exit code above 128. Pure. */
export const hasFailed = (actual: Pick<ContainerActual, 'exitCode' | 'outOfMemory'> | undefined): boolean =>
  actual?.outOfMemory === true || (actual?.exitCode !== undefined && actual.exitCode > 0 && actual.exitCode <= 128)

import type { CgroupMode } from '../../../../host/cgroup.ts'
import { ociResources } from '../bundle/limits.ts'
import { initPath } from '../bundle/process.ts'
import { ociRlimits, type RlimitBounds } from '../bundle/rlimits.ts'
import type { ContainerRecord } from '../record.ts'
import type { BundleConfig } from './restartable.ts'

/** Where the entrypoint is kept while a container is only held open. */
export const argsAnnotation = 'org.heropods.args'

export interface NextStart {
  readonly cgroup: string
  readonly cgroups: CgroupMode
  readonly rlimitBounds: RlimitBounds
  /** Hold the container open instead of running its entrypoint. */
  readonly held: boolean
}

/**
 * The same bundle for the next incarnation. The entrypoint is kept beside while the container is only held open. Pure.
 */
export function nextBundle(
  config: BundleConfig,
  { spec, incarnation }: Pick<ContainerRecord, 'spec' | 'incarnation'>,
  { cgroup, cgroups, rlimitBounds, held }: NextStart,
): Readonly<Record<string, unknown>> {
  const kept = config.annotations[argsAnnotation]
  const entrypoint = kept === undefined ? config.process.args : (JSON.parse(kept) as string[])
  const { [argsAnnotation]: _, ...annotations } = config.annotations
  return {
    ...config,
    process: {
      ...config.process,
      args: held ? [initPath, '-P'] : entrypoint,
      // Whoever starts it now may have less to give than who did before.
      rlimits: ociRlimits(spec.ulimits, rlimitBounds),
    },
    // Limits may have been changed while it ran.
    linux: {
      ...config.linux,
      cgroupsPath: cgroup,
      resources: { ...ociResources(spec, cgroups), devices: config.linux.resources.devices },
    },
    annotations: {
      ...annotations,
      'org.heropods.incarnation': String(incarnation),
      ...(held && { [argsAnnotation]: JSON.stringify(entrypoint) }),
    },
  }
}

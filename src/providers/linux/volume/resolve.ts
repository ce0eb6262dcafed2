import type { ContainerSpec } from '../../../model/kinds/container.ts'
import type { VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'

/** The mounts of a container with the file systems of its volumes. Pure. */
export function withFileSystems(
  { mounts }: Pick<ContainerSpec, 'mounts'>,
  volumes: ReadonlyMap<ResourceAddress, VolumeSpec>,
): Pick<ContainerSpec, 'mounts'> {
  return {
    mounts: mounts.map((mount) => {
      if (mount.type !== 'volume') return mount
      const { driver_opts: _, ...own } = mount
      const { driver_opts } = volumes.get(mount.volume) ?? {}
      return driver_opts === undefined ? own : { ...own, driver_opts }
    }),
  }
}

import type { Address } from '../../model/address.ts'
import { cgroupOf, containerLayout } from '../../providers/linux/container/layout.ts'
import { netnsName } from '../../providers/linux/network/attach.ts'
import type { Session } from '../session.ts'

/** Where a container is on the host. */
export interface ContainerPlaces {
  readonly netns: string
  /** null: it was never started. */
  readonly cgroup: string | null
  readonly root: string
  readonly bundle: string
  readonly log: string
}

/** `id`: name of its last run for the runtime. Pure. */
export function placesOf({ paths }: Session, container: Address, id: string | undefined): ContainerPlaces {
  const { root, bundle, log } = containerLayout(paths, container)
  return { netns: netnsName(paths, container), cgroup: id ? cgroupOf(paths, id) : null, root, bundle, log }
}

import { isOwned, type Observation } from '../observation.ts'
import { isOwnImage } from '../ownership.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../resource-address.ts'

/** The owner of one-off containers, which `heropods run` makes. It is also the name of their stack. */
export const oneOffOwner = 'heropods-run'

export const oneOffAddress = (name: string): ResourceAddress => resourceAddress(oneOffOwner, 'container', name)

export const isOneOff = (address: ResourceAddress): boolean => parseResourceAddress(address).stack === oneOffOwner

/** Label of one-off containers that are removed when they end. Its value names the command that waits for the end, if there is one. */
const removalLabel = 'org.heropods.remove'

/** A process that cannot be confused with a later one of the same pid. */
interface Waiter {
  readonly pid: number
  readonly startTime: number
}

const atExit = 'exit'

/** The label of a container that is removed when it ends: by the command that waits for it, or else after its exit. Pure. */
export const removalLabels = (waiter: Waiter | undefined): Readonly<Record<string, string>> => ({
  [removalLabel]: waiter === undefined ? atExit : `${waiter.pid}/${waiter.startTime}`,
})

type Labelled = { readonly labels: Readonly<Record<string, string>> }

/** True if a container is removed after its exit, and no command waits for it. Pure. */
export const isRemovedAtExit = ({ labels }: Labelled): boolean => labels[removalLabel] === atExit

/** The command that waits for a container to remove it; undefined: there is none. Pure. */
export function removalWaiter({ labels }: Labelled): Waiter | undefined {
  const [, pid, startTime] = /^(\d+)\/(\d+)$/.exec(labels[removalLabel] ?? '') ?? []
  return pid === undefined ? undefined : { pid: Number(pid), startTime: Number(startTime) }
}

type Observations = ReadonlyMap<ResourceAddress, Observation>

/**
 * One-off containers that nothing else removes: those that have ended, and those whose command was killed. `isWaiting`: true if the
 * command still runs. Pure.
 */
export const leftOneOffs = (
  observations: Observations,
  isWaiting: (waiter: Waiter) => boolean,
): readonly ResourceAddress[] =>
  [...observations].flatMap(([address, one]) => {
    if (!isOneOff(address) || !isOwned(one, 'container') || one.spec === undefined) return []
    const waiter = removalWaiter(one.spec)
    const isLeft = waiter ? !isWaiting(waiter) : isRemovedAtExit(one.spec) && one.actual.pid === undefined
    return isLeft ? [address] : []
  })

/** Images of one-off containers that do not exist: their run was killed before it had made the container. Pure. */
export const leftImages = (observations: Observations): readonly ResourceAddress[] =>
  [...observations.keys()].filter((address) => {
    const { kind, name } = parseResourceAddress(address)
    const [, container] = /\+([^+]+)$/.exec(name) ?? []
    return (
      isOneOff(address) && kind === 'image' && container !== undefined && !observations.has(oneOffAddress(container))
    )
  })

/** The commands that wait for one-off containers. Pure. */
export const removalWaiters = (observations: Observations): readonly Waiter[] =>
  [...observations.values()].flatMap((one) => {
    const waiter = isOwned(one, 'container') && one.spec ? removalWaiter(one.spec) : undefined
    return waiter ? [waiter] : []
  })

/** Containers with the images that belong to each of them alone. Pure. */
export const withOwnImages = (
  containers: readonly ResourceAddress[],
  observations: Observations,
): readonly ResourceAddress[] => [
  ...containers,
  ...[...observations.keys()].filter((image) => containers.some((container) => isOwnImage(image, container))),
]

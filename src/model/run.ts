import {
  containerOfSlot,
  parseResourceAddress,
  type ResourceAddress,
  resourceAddress,
  slotNumber,
} from './resource-address.ts'

/**
 * One run of a container: from the start of its process to its end. Its slot has the objects of the container on the host (namespace,
 * links, root, files) and therefore its addresses. Consecutive runs share a slot. A run that begins before another run of its container
 * has ended has a slot of its own. Its address is `SLOT~NUMBER`, with the number of its first run. No name in a stack contains `~`.
 */
export interface RunId {
  readonly slot: ResourceAddress
  /** The number of starts of the container so far, in all its slots. */
  readonly number: number
}

/**
 * The slot of a container. The first replica has the slot of the container without replicas, so its process and address stay the same
 * when KEY becomes KEY.1. For the address of a slot, this is the slot itself.
 */
export function replicaSlot(container: ResourceAddress): ResourceAddress {
  const { stack, kind, name } = parseResourceAddress(container)
  return resourceAddress(stack, kind, name.replace(/\.1$/, ''))
}

/** The run of a container, or of a slot, with this number. */
export const runOf = (container: ResourceAddress, number: number): RunId => ({ slot: replicaSlot(container), number })

/** The next run, in a slot of its own, so that it can begin before this run has ended. */
export function runInNewSlot({ slot, number }: RunId): RunId {
  const next = number + 1
  return { slot: `${containerOfSlot(slot)}~${next}`, number: next }
}

/** The number of the first run in a slot. */
export const firstNumber = (slot: ResourceAddress): number => slotNumber(slot) ?? 1

import { type Address, address, containerOfSlot, parseAddress, slotNumber } from './address.ts'

/**
 * One process life of a container. Its slot has the objects of the container on the host (namespace, links, root, files) and so its
 * addresses. Runs that follow one another share a slot. A run that begins while another one of its container goes on has a slot of its
 * own, under the address `SLOT~NUMBER`, where NUMBER is that of its first run. No name in a stack has a `~`.
 */
export interface RunId {
  readonly slot: Address
  /** Counts the starts of the container, over all its slots. */
  readonly number: number
}

/**
 * The slot of a container. That of a first replica is also the slot of the container without replicas, so that it keeps process and
 * address when KEY becomes KEY.1. The address of a slot is its own slot.
 */
export function replicaSlot(container: Address): Address {
  const { stack, kind, name } = parseAddress(container)
  return address(stack, kind, name.replace(/\.1$/, ''))
}

/** The run of a container, or of a slot, with this number. */
export const runOf = (container: Address, number: number): RunId => ({ slot: replicaSlot(container), number })

/** The next run, in a slot of its own: it can begin before this run has ended. */
export function runBeside({ slot, number }: RunId): RunId {
  const next = number + 1
  return { slot: `${containerOfSlot(slot)}~${next}`, number: next }
}

/** The number of the first run in a slot. */
export const firstNumber = (slot: Address): number => slotNumber(slot) ?? 1

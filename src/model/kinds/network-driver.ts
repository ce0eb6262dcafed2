/** Properties of a network driver that checks of stack files also need. */
export interface DriverTraits {
  /** MTU of a network that declares none. */
  readonly defaultMtu: number
  /** Largest number of containers on one network. */
  readonly maxMembers: number
}

/** The driver of networks that declare none. */
export const defaultDriver = 'bridge'

/** A bridge takes at most 1023 ports (BR_MAX_PORTS of the kernel, less one). */
export const bridgeTraits: DriverTraits = { defaultMtu: 1500, maxMembers: 1023 }

import type { Address, Kind } from './address.ts'
import type { Change } from './change.ts'
import type { SecretValues } from './desired.ts'
import type { SpecOf } from './kinds.ts'
import type { Lease } from './lease.ts'

/** An object that another one refers to. */
export interface ObjectReference {
  readonly to: Address
  /** The two share what a process runs in: if the other one is replaced or gets a new one, this one needs a new process as well. */
  readonly restartsTogether: boolean
  /** An existing object uses the other one until its own successor runs. */
  readonly neededUntilReplaced: boolean
}

/** How the engine treats the objects of a kind, wherever they run. Every function is pure. */
export interface KindRules<K extends Kind = Kind> {
  /** The objects that must exist before this one can; each of them once. */
  references(spec: SpecOf<K>): readonly ObjectReference[]
  /** Names of what only one object at a time can have: a successor gets it after its holder is deleted. */
  exclusive?(spec: SpecOf<K>): readonly string[]
  /** Fields in which two specs differ, with the class of each change. `before` is undefined if the record is lost. */
  changes(before: SpecOf<K> | undefined, after: SpecOf<K>): readonly Change[]
  /**
   * For kinds whose objects hold data of users: true if the data may be erased. Else, and unless that is asked for, an object is released
   * instead of deleted. `spec` is undefined if the record is lost.
   */
  mayErase?(spec: SpecOf<K> | undefined): boolean
  /** Its objects run processes: what they lack for a new process is a warning while their process stays. Default false. */
  readonly runsProcesses?: boolean
  /** Its objects take addresses and ports that other instances on the host may want as well. Default false. */
  readonly takesHostAddresses?: boolean
  /** Digests of the images that an object needs. */
  imageDigests?(spec: SpecOf<K>): readonly string[]
  /** The addresses that an object has. */
  leases?(at: Address, spec: SpecOf<K>): readonly Lease[]
  /** A spec that an older version has recorded, as this version writes it. The same object if nothing differs. */
  upgraded?(spec: SpecOf<K>, secretValues: SecretValues): SpecOf<K>
}

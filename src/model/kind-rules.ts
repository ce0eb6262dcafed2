import type { Change } from './change.ts'
import type { SecretValues } from './desired.ts'
import type { SpecOf } from './kinds.ts'
import type { Lease } from './lease.ts'
import type { Kind, ResourceAddress } from './resource-address.ts'

/** An object that another one refers to. */
export interface ObjectReference {
  readonly to: ResourceAddress
  /** The two objects share namespaces: if the other one is replaced or gets a new process, this one needs a new process as well. */
  readonly followsRestart: boolean
  /** An existing object needs the other one until its own replacement runs. */
  readonly neededUntilReplaced: boolean
  /** This one can be made as soon as the process of the other one runs, before its start is verified. */
  readonly onceStarted: boolean
}

/** How the engine treats the objects of a kind, wherever they run. Every function is pure. */
export interface KindRules<K extends Kind = Kind> {
  /** The objects that must exist before this one is created, each once. */
  references(spec: SpecOf<K>): readonly ObjectReference[]
  /** Names of resources that only one object at a time can have. A new object gets one after the old holder is deleted. */
  exclusive?(spec: SpecOf<K>): readonly string[]
  /** The fields in which two specs differ, with the class of each change. `before` is undefined if the record is lost. */
  changes(before: SpecOf<K> | undefined, after: SpecOf<K>): readonly Change[]
  /**
   * For kinds whose objects hold data of users: true if the data may be erased. If not, and if the user did not
   * request the deletion of data, an object is released instead of deleted. `spec` is undefined if the record is lost.
   */
  mayErase?(spec: SpecOf<K> | undefined): boolean
  /** Why the data may not be erased, in a few words. Default: `protected`. */
  notErasedBecause?(spec: SpecOf<K> | undefined): string
  /** True if the data ends with the object: there is nothing to release. Default false. */
  isTemporary?(spec: SpecOf<K> | undefined): boolean
  /** Its objects run processes. While a process stays, a missing requirement of a new process is only a warning. Default false. */
  readonly runsProcesses?: boolean
  /** Its objects take addresses and ports that other instances on the host could take as well. Default false. */
  readonly takesHostAddresses?: boolean
  /** Digests of the images that an object needs. */
  imageDigests?(spec: SpecOf<K>): readonly string[]
  /** The addresses that are allocated to an object. */
  leases?(address: ResourceAddress, spec: SpecOf<K>): readonly Lease[]
  /** The part of a spec that a generation records. Default: all. Fields that follow from other objects are derived again at a rollback. */
  recorded?(spec: SpecOf<K>): SpecOf<K>
  /** Converts a spec that an older version has recorded to the form of this version. Returns the same object if nothing differs. */
  upgraded?(spec: SpecOf<K>, secretValues: SecretValues): SpecOf<K>
}

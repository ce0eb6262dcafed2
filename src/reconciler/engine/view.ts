import type { Change } from '../../model/change.ts'
import type { Resource } from '../../model/desired.ts'
import type { Diagnostic } from '../../model/errors.ts'
import type { PublishedPort } from '../../model/kinds/network.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { diffOf } from '../../providers/by-kind.ts'
import type { ReadContext } from '../../providers/provider.ts'
import type { Runtime } from '../../providers/runtime.ts'
import { observe, type Snapshot } from '../observe.ts'
import type { Session } from '../session.ts'

/** One observation of an instance, to compare with. It can be used after its engine is closed. */
export class View {
  constructor(
    readonly snapshot: Snapshot,
    /** Key under which sensitive values are named. */
    readonly key: Buffer,
    private readonly read: ReadContext,
    private readonly runtime: Runtime,
  ) {}

  /** The changes that objects need to be as declared; undefined: there is no such object. */
  async changes(resources: readonly Resource[]): Promise<ReadonlyMap<ResourceAddress, readonly Change[] | undefined>> {
    const { read, runtime, snapshot } = this
    const declared = new Map(resources.map((one) => [one.address, one]))
    const { desired } = await runtime.resolve(read, { desired: declared, snapshot, removes: () => false })
    return new Map(resources.map(({ address }) => [address, this.changesOf(address, desired.get(address))]))
  }

  /** Ports of a container that another stack or a process of the host has. */
  portProblems(container: ResourceAddress, ports: readonly PublishedPort[]): Promise<readonly Diagnostic[]> {
    return this.runtime.portProblems(this.read, container, ports, this.snapshot.observations)
  }

  private changesOf(address: ResourceAddress, desired: Resource | undefined): readonly Change[] | undefined {
    const observed = this.snapshot.observations.get(address)
    if (desired === undefined || observed?.presence !== 'owned') return undefined
    const diff = diffOf(this.runtime.providers, desired, observed)
    return diff.action === 'keep' ? [] : diff.changes
  }
}

export async function viewOf(session: Session): Promise<View> {
  const read = session.readContext()
  const snapshot = await observe(read, session.runtime.providers, session.state, new Map())
  return new View(snapshot, session.key, read, session.runtime)
}

import { setAside } from '../host/files/set-aside.ts'
import { type Address, entriesOf, type Kind } from '../model/address.ts'
import { type Resource, recordedResource, specsOf } from '../model/desired.ts'
import { type Diagnostic, toDiagnostic } from '../model/errors.ts'
import { type OwnedOf, ownedSpecs } from '../model/observation.ts'
import { specHash } from '../model/values/stable-json.ts'
import { rebuildKind } from '../providers/by-kind.ts'
import { type Derived, deriveMembers } from '../providers/linux/network/members.ts'
import { revisionsOf } from './history/history.ts'
import { unsealer } from './history/sealed-values.ts'
import type { Snapshot } from './observe.ts'
import { observeAll } from './reconcile.ts'
import type { Session } from './session.ts'

export interface Repaired {
  /** Files that were damaged, each by the name it has now. */
  readonly setAside: readonly string[]
  /** Objects whose records were written anew. */
  readonly rebuilt: readonly Address[]
  readonly failures: readonly Diagnostic[]
}

/** The order in which records can be written: networks have the members that containers say. */
const order: readonly Kind[] = ['container', 'network', 'volume', 'image']

/**
 * Sets damaged records aside and writes them anew, from what the history says was applied and what the host shows. Objects themselves
 * are not touched.
 */
export async function repairRecords(session: Session): Promise<Repaired> {
  const host = session.host()
  const before = await observeAll(session)
  const unseal = unsealer(session.key)
  const names: string[] = [...(await session.state.repair((name, sealed) => unseal(name, sealed) !== undefined))]
  for (const path of [...host.damage.keys()].sort()) {
    names.push(await setAside(host, path))
    host.damage.delete(path)
  }
  const specs = await appliedSpecs(session, before)
  const write = session.writeContext()
  const rebuilt: Address[] = []
  const failures: Diagnostic[] = []
  for (const kind of order) {
    const members = kind === 'network' ? await membersOf(session, specs) : undefined
    for (const [at, one] of before.resources) {
      if (one.kind !== kind || one.presence !== 'owned' || !mayBeLost(one)) continue
      try {
        const applied = withMembers(specs.get(at), members?.get(at))
        if (await rebuildKind(session.registry.providers, kind, write, at, applied)) rebuilt.push(at)
      } catch (error) {
        failures.push({ ...toDiagnostic(error), address: at })
      }
    }
  }
  return { setAside: names, rebuilt: rebuilt.sort(), failures }
}

/** A network that is known is as its record says; of the others the provider looks itself. */
const mayBeLost = ({ kind, spec }: OwnedOf): boolean => kind !== 'network' || spec === undefined

const withMembers = (applied: Resource | undefined, derived: Derived | undefined): Resource | undefined =>
  applied?.kind === 'network' ? { ...applied, spec: { ...applied.spec, ...derived } } : applied

/** What was last applied of each object, as the history has it: the spec that its record counts as done, else of the newest good generation. */
async function appliedSpecs({ state }: Session, { resources, state: seen }: Snapshot) {
  const good = new Set((await state.generations()).filter((one) => one.result === 'done').map((one) => one.generation))
  const found = new Map<Address, Resource>()
  const exact = new Set<Address>()
  for (const { generation, document } of revisionsOf(await state.history())) {
    for (const record of document.values())
      for (const [at, spec] of entriesOf(record.resources)) {
        if (exact.has(at) || !resources.has(at)) continue
        if (seen.inventory.get(at)?.specHash === specHash(spec)) exact.add(at)
        else if (found.has(at) || !good.has(generation)) continue
        const one = recordedResource(at, spec)
        if (one) found.set(at, one)
      }
  }
  return found
}

async function membersOf(session: Session, applied: ReadonlyMap<Address, Resource>) {
  const { resources } = await observeAll(session)
  const lost = new Map([...applied].filter(([at]) => resources.get(at)?.presence === 'owned'))
  const known = <K extends Kind>(kind: K) => new Map([...specsOf(lost, kind), ...ownedSpecs(resources, kind)])
  const containers = [...known('container')].map(([address, spec]) => ({ address, spec }))
  return deriveMembers(containers, known('network'))
}

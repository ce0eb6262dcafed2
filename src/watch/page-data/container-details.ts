import type { ContainerActual, ContainerSpec } from '../../model/kinds/container.ts'
import type { PublishedPort } from '../../model/kinds/network.ts'
import { readinessOf } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { redactedForPeople } from '../../model/tokens.ts'
import { mapStrings } from '../../model/values/map-strings.ts'

/** One container as the page shows it. It has no field that can hold a secret: no environment, no command, no labels. */
export interface ContainerDetails {
  readonly address: ResourceAddress
  readonly stack: string
  readonly name: string
  /** Its key in the stack file; replicas have the same. */
  readonly service: string
  readonly state: ContainerActual['state']
  readonly health: NonNullable<ContainerActual['health']> | null
  readonly readiness: 'ready' | 'pending' | 'failed'
  /** Why it is not ready, as the end of a sentence whose subject is the container; null: it is ready. */
  readonly reason: string | null
  readonly exitCode: number | null
  readonly restarts: number
  readonly startedAt: string | null
  readonly image: string | null
  /** The first 12 hex digits of its digest. */
  readonly digest: string | null
  readonly addresses: readonly { readonly network: ResourceAddress; readonly ip: string }[]
  readonly ports: readonly PublishedPort[]
  /** Bytes; null: no limit. */
  readonly memoryLimit: number | null
  /** CPUs; null: no limit. */
  readonly cpuLimit: number | null
  readonly dependsOn: readonly { readonly container: ResourceAddress; readonly condition: string }[]
  readonly drift: readonly string[]
}

/** One network as the page shows it. */
export interface NetworkDetails {
  readonly address: ResourceAddress
  readonly stack: string
  readonly name: string
  readonly subnet: string | null
  readonly internal: boolean
}

/** The containers of an observation. Pure. */
export const containerDetails = (resources: ReadonlyMap<ResourceAddress, Observation>): readonly ContainerDetails[] =>
  [...resources].flatMap(([address, one]) =>
    isOwned(one, 'container') ? [detailsOf(address, one.spec, one.actual)] : [],
  )

/** The networks of an observation. Pure. */
export const networkDetails = (resources: ReadonlyMap<ResourceAddress, Observation>): readonly NetworkDetails[] =>
  [...resources].flatMap(([address, one]) => {
    if (!isOwned(one, 'network')) return []
    const { stack, name } = parseResourceAddress(address)
    return [{ address, stack, name, subnet: one.spec?.subnet ?? null, internal: one.spec?.internal ?? false }]
  })

function detailsOf(
  address: ResourceAddress,
  spec: ContainerSpec | undefined,
  actual: ContainerActual,
): ContainerDetails {
  const { stack, name } = parseResourceAddress(address)
  const readiness = readinessOf({ spec, actual })
  const details: ContainerDetails = {
    address,
    stack,
    name,
    service: spec?.service ?? name,
    state: actual.state,
    health: actual.health ?? null,
    readiness: readiness.state,
    reason: readiness.state === 'ready' ? null : readiness.text,
    exitCode: actual.exitCode ?? null,
    restarts: actual.restarts,
    startedAt: actual.startedAt ?? null,
    drift: actual.drift.map(({ text }) => text),
    ...declared(spec),
  }
  return mapStrings(details, redactedForPeople)
}

/** The part that comes from its spec; empty if its record is lost. */
const declared = (spec: ContainerSpec | undefined) => ({
  image: spec ? parseResourceAddress(spec.image).name : null,
  digest: spec?.image_digest?.replace(/^sha256:/, '').slice(0, 12) ?? null,
  addresses: (spec?.networks ?? []).map(({ network, ipv4_address }) => ({ network, ip: ipv4_address })),
  ports: spec?.ports ?? [],
  memoryLimit: spec?.mem_limit || null,
  cpuLimit: spec && spec.cpu_quota > 0 ? spec.cpu_quota / (spec.cpu_period || 100_000) : null,
  dependsOn: spec?.depends_on ?? [],
})

import type { ContainerActual, ContainerSpec } from '../../model/kinds/container.ts'
import type { PublishedPort } from '../../model/kinds/network.ts'
import { exitCodeText, type Readiness, readinessOf, stateWord } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { redactedText } from '../../model/tokens.ts'
import { mapStrings } from '../../model/values/map-strings.ts'
import { type ContainerTrouble, troubleOf } from '../status/container-trouble.ts'

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
  /** One colour for the row, the map and the list of problems. `bad`: broken. `warn`: a user stopped or paused it. */
  readonly tone: 'good' | 'busy' | 'warn' | 'bad'
  /** The word of its row: `healthy`, `running`, `crash loop`. */
  readonly word: string
  /** Why it is not ready, as the end of a sentence whose subject is the container; null: it is ready. */
  readonly reason: string | null
  readonly exitCode: number | null
  /** The newest exit that this watch has observed, also of a container that runs again: `137 (out of memory)`. */
  readonly lastExit: string | null
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
export const containerDetails = (
  resources: ReadonlyMap<ResourceAddress, Observation>,
  lastExits: ReadonlyMap<ResourceAddress, string>,
  now: Date,
): readonly ContainerDetails[] =>
  [...resources].flatMap(([address, one]) =>
    isOwned(one, 'container')
      ? [detailsOf(address, one, { trouble: troubleOf(one, now), lastExit: lastExits.get(address) ?? null })]
      : [],
  )

/** The exits that an observation shows, by container. Pure. */
export const exitsOf = (
  resources: ReadonlyMap<ResourceAddress, Observation>,
): readonly (readonly [ResourceAddress, string])[] =>
  [...resources].flatMap(([address, one]) =>
    one.kind === 'container' && one.actual.exitCode !== undefined
      ? [[address, exitCodeText(one.actual.exitCode, one.actual.outOfMemory)] as const]
      : [],
  )

/** The networks of an observation. Pure. */
export const networkDetails = (resources: ReadonlyMap<ResourceAddress, Observation>): readonly NetworkDetails[] =>
  [...resources].flatMap(([address, one]) => {
    if (!isOwned(one, 'network')) return []
    const { stack, name } = parseResourceAddress(address)
    return [{ address, stack, name, subnet: one.spec?.subnet ?? null, internal: one.spec?.internal ?? false }]
  })

interface Seen {
  readonly trouble: ContainerTrouble | undefined
  readonly lastExit: string | null
}

function detailsOf(
  address: ResourceAddress,
  { spec, actual }: { readonly spec?: ContainerSpec | undefined; readonly actual: ContainerActual },
  { trouble, lastExit }: Seen,
): ContainerDetails {
  const { stack, name } = parseResourceAddress(address)
  const readiness = readinessOf({ spec, actual })
  const text = readiness.state === 'ready' ? null : readiness.text
  const details: ContainerDetails = {
    address,
    stack,
    name,
    service: spec?.service ?? name,
    state: actual.state,
    health: actual.health ?? null,
    readiness: trouble ? 'failed' : readiness.state,
    tone: trouble ? 'bad' : toneOf(readiness),
    word: trouble?.reason === 'CrashLoop' ? 'crash loop' : wordOf(actual),
    reason: (trouble && troubleText(trouble, actual, lastExit)) ?? text,
    exitCode: actual.exitCode ?? null,
    lastExit,
    restarts: actual.restarts,
    startedAt: actual.startedAt ?? null,
    drift: actual.drift.map((one) => one.text),
    ...declared(spec),
  }
  return mapStrings(details, redactedText)
}

/** A container that runs between two crashes does not show its last exit itself. */
const troubleText = ({ text }: ContainerTrouble, { state }: ContainerActual, lastExit: string | null): string =>
  state === 'running' && lastExit !== null ? `${text}: it last exited with code ${lastExit}` : text

/** A container that a user stopped or paused is not broken. */
function toneOf(readiness: Readiness): ContainerDetails['tone'] {
  if (readiness.state === 'ready') return 'good'
  if (readiness.reason === 'stopped' || readiness.reason === 'paused') return 'warn'
  return readiness.state === 'failed' ? 'bad' : 'busy'
}

/** Its health, or its state where that is more exact. */
const wordOf = ({ state, health }: ContainerActual): string =>
  state === 'running' && health ? health : stateWord(state)

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

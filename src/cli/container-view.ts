import { refusedError } from '../model/errors.ts'
import type { ContainerActual, ContainerSpec } from '../model/kinds/container.ts'
import { healthText } from '../model/kinds/text/health-text.ts'
import { lostPortsOfContainer } from '../model/kinds/text/lost-port-text.ts'
import { isOwned } from '../model/observation.ts'
import { isNamed, parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { someOf } from '../model/values/count.ts'
import { compareNatural } from '../model/values/sorted.ts'
import type { Snapshot } from '../reconciler/engine.ts'
import { portText } from '../report/plan/fields/place-items.ts'
import { didYouMean } from '../stack/check/suggest.ts'

export interface OwnedContainer {
  readonly address: ResourceAddress
  readonly spec: ContainerSpec | undefined
  readonly actual: ContainerActual
  /** Differences of its networks that concern the container, in words: ports that do not lead to it. */
  readonly networkDrift: readonly string[]
}

/** One container in the output of `ps` (schemas/output/ps.schema.json). */
export interface ContainerView {
  readonly name: string
  readonly stack: string
  readonly address: ResourceAddress
  readonly state: ContainerActual['state']
  readonly health: NonNullable<ContainerActual['health']> | null
  readonly exitCode: number | null
  /** True if the host was restarted since its last run, whose end is not recorded. */
  readonly exitLost: boolean
  readonly lastCheck: ContainerActual['lastCheck'] | null
  /** True if the kernel killed a process of the last run because of a lack of memory. */
  readonly outOfMemory: boolean
  /** Processes of the current run that the kernel has killed because of a lack of memory. */
  readonly memoryKills: number
  /** Bytes; null: it has no limit. */
  readonly memoryLimit: number | null
  /** `health` in the words of `ps`: `healthy 5 min ago` if nothing checks it now, `not checked`. */
  readonly healthText: string | null
  /** Only while its restart policy waits. */
  readonly nextStart: ContainerActual['nextStart'] | null
  readonly pid: number | null
  readonly image: string | null
  readonly ip: string | null
  readonly networks: readonly { readonly network: string; readonly ip: string; readonly mac: string }[]
  readonly ports: readonly string[]
  readonly restarts: number
  readonly startedAt: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly drift: readonly string[]
  readonly networkDrift: readonly string[]
}

/** All containers of the instance, sorted by address: `web.2` before `web.10`. */
export const ownedContainers = (snapshot: Pick<Snapshot, 'observations'>): readonly OwnedContainer[] =>
  [...snapshot.observations]
    .flatMap(([address, one]) => {
      if (!isOwned(one, 'container')) return []
      const networkDrift = lostPortsOfContainer(address, snapshot.observations)
      return [{ address, spec: one.spec, actual: one.actual, networkDrift }]
    })
    .sort((left, right) => compareNatural(left.address, right.address))

export function containerView({ address, spec, actual, networkDrift }: OwnedContainer): ContainerView {
  const { stack, name } = parseResourceAddress(address)
  const networks = (spec?.networks ?? []).map((one) => ({ network: one.network, ip: one.ipv4_address, mac: one.mac }))
  return {
    name,
    stack,
    address,
    state: actual.state,
    health: actual.health ?? null,
    exitCode: actual.exitCode ?? null,
    exitLost: actual.exitLost ?? false,
    lastCheck: actual.lastCheck ?? null,
    outOfMemory: actual.outOfMemory ?? false,
    memoryKills: actual.memoryKills ?? 0,
    memoryLimit: spec?.mem_limit || null,
    healthText: healthText(actual, new Date()) ?? null,
    nextStart: actual.nextStart ?? null,
    pid: actual.pid ?? null,
    image: spec ? parseResourceAddress(spec.image).name : null,
    ip: networks[0]?.ip ?? null,
    networks,
    ports: (spec?.ports ?? []).map(portText),
    restarts: actual.restarts,
    startedAt: actual.startedAt ?? null,
    labels: spec?.labels ?? {},
    drift: actual.drift.map((one) => one.text),
    networkDrift,
  }
}

/**
 * The containers with this name: KEY (all replicas), KEY.N, STACK/KEY, STACK/KEY.N or a full address. Raises `unknown-container`,
 * `ambiguous-name` (refused).
 */
export function containersByName(
  containers: readonly OwnedContainer[],
  name: string,
): readonly [OwnedContainer, ...OwnedContainer[]] {
  const matches = containers.filter(({ address }) => isNamed(address, name))
  const stacks = [...new Set(matches.map((one) => parseResourceAddress(one.address).stack))]
  const names = containers.map((one) => parseResourceAddress(one.address).name)
  const isStack = containers.some((one) => parseResourceAddress(one.address).stack === name)
  const [first, ...others] = matches
  if (first === undefined)
    throw refusedError({
      code: 'unknown-container',
      message: `There is no container "${name}".${didYouMean(name, names)}`,
      hint: isStack ? stackHint(name) : containersHint(names),
    })
  if (stacks.length > 1)
    throw refusedError({
      code: 'ambiguous-name',
      message: `"${name}" is in several stacks.`,
      hint: `Use STACK/NAME: ${stacks.map((stack) => `${stack}/${name}`).join(', ')}.`,
    })
  return [first, ...others]
}

const stackHint = (name: string): string =>
  `${name} is a stack: \`heropods ps ${name}\` lists its containers, \`heropods destroy ${name}\` removes it.`

const maxListed = 10

function containersHint(names: readonly string[]): string {
  if (names.length === 0) return 'This instance has no containers.'
  return `Containers: ${someOf(names, maxListed)}.`
}

/**
 * The containers that these names mean, each once: a container (see `containersByName`) or else a stack, which means all of its
 * containers. Raises `unknown-container`, `ambiguous-name` (refused).
 */
export function containersByNames(
  containers: readonly OwnedContainer[],
  names: readonly string[],
): readonly OwnedContainer[] {
  const byName = (name: string): readonly OwnedContainer[] => {
    const ofStack = containers.filter(({ address }) => parseResourceAddress(address).stack === name)
    const isContainer = containers.some(({ address }) => isNamed(address, name))
    return isContainer || ofStack.length === 0 ? containersByName(containers, name) : ofStack
  }
  return [...new Set(names.flatMap(byName))]
}

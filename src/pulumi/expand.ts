import { randomBytes } from 'node:crypto'
import type { Container, StackFile } from '../generated/stack-file.ts'
import { callerEnvironment } from '../host/caller-files.ts'
import { HeroPodsError } from '../model/errors.ts'
import { pathOfSource, provisionalReferenceParts } from '../model/references.ts'
import { parseResourceAddress } from '../model/resource-address.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import { referencedAddresses, tokenParts } from '../model/tokens.ts'
import { ownValue } from '../model/values/own-value.ts'
import { topologicalOrder } from '../reconciler/plan/graph.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { makeStyle } from '../report/style.ts'
import { loadDesired } from '../stack/load.ts'
import { mountFlagNames } from '../stack/normalise/container/mount-flags.ts'
import { keyValues } from '../stack/normalise/context.ts'
import { replicaNames } from '../stack/normalise/replicas.ts'
import { readStacks } from '../stack/read-all.ts'
import { toArgs } from './naming.ts'

type Data = Readonly<Record<string, unknown>>

export interface ExpandOptions {
  readonly files: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  /** Variables with values that are secrets of Pulumi. */
  readonly secretVariables: readonly string[]
  readonly profiles: readonly string[]
}

/** A network, image or volume of the file, by its key. */
export interface ExpandedObject {
  readonly key: string
  readonly args: Data
}

/** An object of the file by its key, or one of another stack by its address. */
export type Target = { readonly key: string } | { readonly address: string }

export interface ExpandedMount {
  readonly volume?: string
  readonly mount: string | Data
}

/** One replica of a container. Its strings may contain references and secrets, which `parts` separates. */
export interface ExpandedContainer {
  /** `web`, or `web.2`. */
  readonly key: string
  readonly service: string
  readonly args: Data
  readonly image: Target | string
  readonly networks: readonly {
    readonly to: Target
    readonly aliases: readonly string[]
    readonly ipv4Address?: string
  }[]
  readonly networkMode: Target | string | undefined
  readonly dependsOn: readonly { readonly key: string; readonly condition: string }[]
  readonly mounts: readonly ExpandedMount[]
}

export interface ExpandedStack {
  readonly networks: readonly ExpandedObject[]
  readonly images: readonly ExpandedObject[]
  readonly volumes: readonly ExpandedObject[]
  /** Containers, sorted so that each comes after those to which it refers. */
  readonly containers: readonly ExpandedContainer[]
  /** A text's literal parts, secrets and references, in order. */
  parts(text: string): readonly Part[]
}

export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'secret'; readonly text: string }
  | { readonly type: 'reference'; readonly kind: string; readonly key: string; readonly output: string }

/** A problem of a stack file, with the message of the command line. */
export const textOfError = (error: unknown): string =>
  error instanceof HeroPodsError
    ? error.diagnostics.map((one) => renderDiagnostic(one, makeStyle(false), 'error', process.cwd())).join('\n')
    : String(error)

/** Converts a stack file to arguments of Pulumi resources. Raises all problems with positions (refused). */
export async function expandStack(options: ExpandOptions): Promise<ExpandedStack> {
  const sensitive = new SensitiveValues(randomBytes(32))
  const variables = Object.fromEntries(
    Object.entries(options.variables).map(([name, value]) => [
      name,
      options.secretVariables.includes(name) ? sensitive.redact(value) : value,
    ]),
  )
  const load = {
    files: [],
    mergedFiles: options.files,
    cwd: process.cwd(),
    variables,
    variableFiles: [],
    profiles: options.profiles,
    environment: callerEnvironment(),
    encryptionKey: Buffer.alloc(32),
    instanceId: 'pulumi',
    sensitive,
  }
  await loadDesired(load)
  const [stack] = await readStacks(load)
  if (stack === undefined) throw new Error('The files contain no stack.')
  const { data, variables: values } = stack
  return {
    networks: entries(data.networks)
      .filter(([, network]) => !network?.external)
      .map(([key, network]) => ({ key, args: toArgs('network', network ?? {}) })),
    images: entries(data.images).map(([key, image]) => ({ key, args: toArgs('image', image as object) })),
    volumes: entries(data.volumes).map(([key, volume]) => ({ key, args: toArgs('volume', volume ?? {}) })),
    containers: containersOf(data, options.profiles, (name) => String(values.get(name))),
    parts: (text) => partsOf(text, data, sensitive.byToken),
  }
}

const entries = <T>(map: Readonly<Record<string, T>> | null | undefined): [string, T][] =>
  Object.entries(map ?? {}).filter(([key]) => !key.startsWith('x-'))

function containersOf(
  data: StackFile,
  profiles: readonly string[],
  variable: (name: string) => string,
): readonly ExpandedContainer[] {
  const active = entries(data.containers).filter(
    ([, one]) => !one.profiles?.length || one.profiles.some((profile) => profiles.includes(profile)),
  )
  const all = new Map(
    active.flatMap(([service, declared]) =>
      replicaNames(service, declared).map(
        (key) => [key, oneContainer(data, key, service, declared, variable)] as const,
      ),
    ),
  )
  const order = topologicalOrder(new Map([...all].map(([key, one]) => [key, needs(one, [...all.values()])])))
  return order.map((key) => all.get(key) as ExpandedContainer)
}

/** Keys of the containers to which a container refers. */
function needs(one: ExpandedContainer, all: readonly ExpandedContainer[]): readonly string[] {
  const referred = referencedAddresses(one).map((address) => parseResourceAddress(address).name)
  const shared = typeof one.networkMode === 'object' && 'key' in one.networkMode ? [one.networkMode.key] : []
  const named = new Set([...referred, ...shared, ...one.dependsOn.map(({ key }) => key)])
  const replicas = all.filter((other) => named.has(other.key) || named.has(other.service)).map((other) => other.key)
  return replicas.filter((key) => key !== one.key)
}

function oneContainer(
  data: StackFile,
  key: string,
  service: string,
  declared: Container,
  variable: (name: string) => string,
): ExpandedContainer {
  const {
    image = '',
    networks: _networks,
    network_mode,
    depends_on,
    volumes = [],
    configs,
    secrets,
    deploy,
    profiles: _profiles,
    ...rest
  } = declared
  const files = (kind: 'configs' | 'secrets', uses: Container['configs']) =>
    uses && { [kind]: uses.map((use) => file(data, kind, use, variable)) }
  return {
    key,
    service,
    args: {
      ...toArgs('container', { ...rest, ...placement(declared) }),
      ...files('configs', configs),
      ...files('secrets', secrets),
    },
    image: ownValue(data.images, image) === undefined ? image : { key: image },
    networks: attachments(data, service, declared),
    networkMode:
      network_mode?.startsWith('service:') || network_mode?.startsWith('container:')
        ? { key: network_mode.replace(/^\w+:/, '') }
        : network_mode,
    dependsOn: dependencies(depends_on).flatMap(({ name, condition }) =>
      replicaNames(name, ownValue(data.containers, name) ?? {}).map((one) => ({ key: one, condition })),
    ),
    mounts: volumes.map((mount) => volumeMount(data, mount)),
  }
  function placement(container: Container): Data {
    const { limits, reservations } = deploy?.resources ?? {}
    const policy = deploy?.restart_policy
    return {
      ...(limits?.cpus !== undefined && { cpus: limits.cpus }),
      ...(limits?.memory !== undefined && { mem_limit: limits.memory }),
      ...(limits?.pids !== undefined && { pids_limit: limits.pids }),
      ...(reservations?.memory !== undefined && { mem_reservation: reservations.memory }),
      ...(policy && { restart: restartOf(policy) }),
      ...(deploy?.labels && { labels: { ...keyValues(container.labels), ...keyValues(deploy.labels) } }),
      // Replicas have the same names as in the engine.
      ...(key !== service && container.hostname === undefined && { hostname: key.replace(/[._]/g, '-') }),
    }
  }
}

type RestartPolicy = NonNullable<NonNullable<Container['deploy']>['restart_policy']>

const restartOf = ({ condition = 'any', max_attempts }: RestartPolicy): string =>
  condition === 'none' ? 'no' : condition === 'any' ? 'always' : `on-failure${max_attempts ? `:${max_attempts}` : ''}`

function attachments(data: StackFile, service: string, declared: Container): ExpandedContainer['networks'] {
  const known = entries(data.networks).map(([name]) => name)
  const isBridged = (declared.network_mode ?? 'bridge') === 'bridge'
  const list = declared.networks ?? (isBridged && known.length === 1 ? known : [])
  const pairs = Array.isArray(list)
    ? (list as readonly string[]).map((name) => [name, null] as const)
    : Object.entries(list as Readonly<Record<string, { aliases?: string[]; ipv4_address?: string } | null>>)
  return pairs.map(([name, options]) => {
    const network = ownValue(data.networks, name)
    const [stack, key] = (network?.external ? (network.name ?? '') : '').split('/')
    return {
      to: key ? { address: `${stack}/network/${key}` } : { key: name },
      // Other containers resolve it by its key, as in the file.
      aliases: [service, ...(options?.aliases ?? [])],
      ...(options?.ipv4_address !== undefined && { ipv4Address: options.ipv4_address }),
    }
  })
}

const dependencies = (declared: Container['depends_on']): readonly { name: string; condition: string }[] =>
  Array.isArray(declared)
    ? (declared as readonly string[]).map((name) => ({ name, condition: 'service_started' }))
    : Object.entries((declared ?? {}) as Readonly<Record<string, { condition?: string }>>).map(([name, one]) => ({
        name,
        condition: one.condition ?? 'service_started',
      }))

/** A mount, and the key of its volume in the file. */
function volumeMount(data: StackFile, mount: NonNullable<Container['volumes']>[number]): ExpandedMount {
  const isNamed = (name: string | undefined): name is string =>
    name !== undefined && ownValue(data.volumes, name) !== undefined
  if (typeof mount === 'object') {
    const [args] = toArgs('container', { volumes: [mount] }).volumes as readonly [Data]
    return mount.type === 'volume' && isNamed(mount.source) ? { volume: mount.source, mount: args } : { mount: args }
  }
  const [source, target = '', flags = ''] = mount.split(':')
  if (!target || !isNamed(source)) return { mount }
  const options = flags.split(',')
  const ownFlags = options.filter((option) => mountFlagNames.includes(option))
  const volume = {
    ...(options.includes('nocopy') && { nocopy: true }),
    ...(ownFlags.length > 0 && { options: ownFlags }),
  }
  const details = Object.keys(volume).length > 0 && { volume }
  return { volume: source, mount: { type: 'volume', target, readOnly: options.includes('ro'), ...details } }
}

function file(
  data: StackFile,
  kind: 'configs' | 'secrets',
  use: NonNullable<Container['configs']>[number],
  variable: (name: string) => string,
): Data {
  const { source, ...rest } = typeof use === 'string' ? { source: use } : use
  const declared = ownValue(data[kind], source)
  return {
    name: source,
    ...rest,
    ...(declared?.file !== undefined && { file: declared.file }),
    ...(declared?.content !== undefined && { content: declared.content }),
    ...(declared?.variable !== undefined && { content: variable(declared.variable) }),
  }
}

function partsOf(text: string, data: StackFile, secretValues: ReadonlyMap<string, string>): readonly Part[] {
  return tokenParts(text).flatMap((part): readonly Part[] => {
    if (part.type === 'text') return [part]
    if (part.type === 'sensitive') return [{ type: 'secret', text: secretValues.get(part.token) ?? '' }]
    return referenceParts(part.address, part.output, data)
  })
}

function referenceParts(address: string, output: string, data: StackFile): readonly Part[] {
  const { kind, name } = provisionalReferenceParts(address)
  if (kind === 'secret' || kind === 'config') return [{ type: 'text', text: pathOfSource(kind, name) }]
  if (kind !== 'container') return [{ type: 'reference', kind, key: name, output }]
  const replicas = replicaNames(name, ownValue(data.containers, name) ?? {})
  if (output !== 'ips') return [{ type: 'reference', kind, key: replicas[0] ?? name, output }]
  return replicas.flatMap((key, index): Part[] => [
    ...(index > 0 ? [{ type: 'text' as const, text: ',' }] : []),
    { type: 'reference', kind, key, output: 'ip' },
  ])
}

import { type DesiredStack, isResource, type ResourceOf, specsOf } from '../model/desired.ts'
import type { ContainerSpec, Mount } from '../model/kinds/container.ts'
import type { ImageSpec } from '../model/kinds/image.ts'
import { limitFields } from '../model/kinds/limits.ts'
import type { NetworkSpec } from '../model/kinds/network.ts'
import { serializeReconcile } from '../model/reconcile-settings.ts'
import { asStackText } from '../model/references.ts'
import { parseResourceAddress, type ResourceAddress, sharedContainer } from '../model/resource-address.ts'
import { onlyReference } from '../model/tokens.ts'
import { mapStrings } from '../model/values/map-strings.ts'
import { canonicalHealth } from './canonical-health.ts'
import { topLevelKeys } from './top-level-keys.ts'

type Data = Readonly<Record<string, unknown>>

/**
 * A stack in its canonical form: a stack file with every default, resolved variables and `extends`, merged files, long forms and a fixed
 * order. Loading it gives the same stack; only sensitive values are replaced by `(sensitive)`. Pure.
 */
export function canonicalDocument(stack: DesiredStack): Data {
  const networks = new Map(
    [...specsOf(stack.resources, 'network')].map(([address, spec]) => [address, network(spec)] as const),
  )
  const containers = [...stack.resources.values()].filter((one) => isResource(one, 'container'))
  for (const { spec } of containers)
    for (const one of spec.networks)
      if (parseResourceAddress(one.network).stack !== stack.name && !isDefault(one.network))
        networks.set(one.network, { external: true, name: externalName(one.network) })
  const named = <T>(entries: Iterable<readonly [ResourceAddress, T]>): Data =>
    Object.fromEntries([...entries].map(([address, one]) => [parseResourceAddress(address).name, one]))
  return sorted({
    apiVersion: 'heropods/v1',
    kind: 'Stack',
    metadata: { name: stack.name, ...(Object.keys(stack.labels).length > 0 && { labels: stack.labels }) },
    reconcile: serializeReconcile(stack.reconcile),
    networks: named([...networks].filter(([address]) => !isDefault(address))),
    images: named(
      [...specsOf(stack.resources, 'image')]
        .filter(([address]) => isKey(address))
        .map(([address, spec]) => [address, image(spec)]),
    ),
    volumes: named(specsOf(stack.resources, 'volume')),
    configs: stack.sources.configs,
    secrets: stack.sources.secrets,
    containers: Object.fromEntries(services(containers).map(([key, all]) => [key, service(key, all, stack)])),
  })
}

const isDefault = (address: ResourceAddress): boolean => address.startsWith('default/network/heropods0')
/** The images of `images`. Images that containers use by reference have no entry. */
const isKey = (address: ResourceAddress): boolean =>
  /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(parseResourceAddress(address).name)
const externalName = (address: ResourceAddress): string =>
  `${parseResourceAddress(address).stack}/${parseResourceAddress(address).name}`

const network = ({ driver, subnet, gateway, internal, mtu, dns, exclude, labels }: NetworkSpec): Data => ({
  driver,
  subnet,
  ...(subnet !== 'auto' && { gateway }),
  internal,
  mtu,
  dns,
  exclude,
  labels,
})

const image = ({ source, pull_policy, platform, labels }: ImageSpec): Data => ({
  ...(source.type === 'ref' && { ref: source.ref }),
  ...(source.type === 'builtin' && { builtin: source.name }),
  ...(source.type === 'archive' && { archive: source.path }),
  pull_policy,
  ...(platform !== undefined && { platform }),
  labels,
})

type Replicas = [ResourceOf<'container'>, ...ResourceOf<'container'>[]]

/** Containers by key, with the replicas of a container together. */
function services(containers: readonly ResourceOf<'container'>[]): [string, Replicas][] {
  const found = new Map<string, Replicas>()
  for (const one of containers) {
    const others = found.get(one.spec.service)
    found.set(one.spec.service, others ? [...others, one] : [one])
  }
  return [...found]
}

function service(key: string, all: Replicas, stack: DesiredStack): Data {
  const [{ address, spec }] = all
  const replicated = parseResourceAddress(address).name !== key
  const image = stack.resources.get(spec.image)
  return {
    ...container(spec, stack),
    // A host name that is derived from the name of the replica is left out.
    ...(spec.hostname !== key.replace(/[._]/g, '-') && { hostname: spec.hostname }),
    ...(image?.kind === 'image' && !isKey(spec.image) && ofUsedImage(image.spec)),
    ...(replicated && { deploy: { replicas: all.length } }),
  }
}

/** Fields of a container for an image without an entry in `images:`. */
const ofUsedImage = ({ pull_policy, platform }: ImageSpec): Data => ({
  pull_policy,
  ...(platform !== undefined && { platform }),
})

function container(spec: ContainerSpec, stack: DesiredStack): Data {
  const shared = sharedContainer(spec.network_mode)
  const { command, entrypoint, working_dir, user, dns, dns_search, stop_signal } = spec
  return {
    image: parseResourceAddress(spec.image).name,
    ...defined({ command, entrypoint, working_dir, user, dns, dns_search, stop_signal }),
    environment: spec.environment,
    group_add: spec.group_add,
    network_mode: shared === undefined ? spec.network_mode : `service:${parseResourceAddress(shared).name}`,
    ...(spec.networks.some((one) => !isDefault(one.network)) && { networks: attachments(spec) }),
    ports: spec.ports,
    expose: spec.expose,
    dns_opt: spec.dns_opt,
    extra_hosts: Object.fromEntries(
      Object.entries(spec.extra_hosts).map(([name, ips]) => [
        name,
        mapStrings(ips, (ip) => (isGateway(ip) ? 'host-gateway' : ip)),
      ]),
    ),
    volumes: spec.mounts.map(mount),
    ...files(spec),
    ...limits(spec),
    ...flags(spec),
    ...canonicalHealth(spec),
    security_opt: [
      `no-new-privileges:${spec.no_new_privileges}`,
      ...(spec.seccomp === 'default' ? [] : [`seccomp:${spec.seccomp}`]),
      ...(spec.apparmor === '' ? [] : [`apparmor:${spec.apparmor}`]),
    ],
    cap_add: spec.cap_add,
    cap_drop: spec.cap_drop,
    devices: spec.devices,
    ulimits: spec.ulimits,
    sysctls: spec.sysctls,
    shm_size: spec.shm_size,
    restart: spec.restart.max_retries > 0 ? `${spec.restart.policy}:${spec.restart.max_retries}` : spec.restart.policy,
    stop_grace_period: `${spec.stop_grace_period}ms`,
    ...(spec.verify !== undefined && { verify: `${spec.verify}ms` }),
    logging: { options: { 'max-size': spec.logging.max_size, 'max-file': spec.logging.max_file } },
    labels: spec.labels,
    annotations: spec.annotations,
    depends_on: Object.fromEntries(
      spec.depends_on.map(({ container: on, condition }) => [serviceOf(on, stack), { condition }]),
    ),
  }
}

const isGateway = (ip: string): boolean => onlyReference(ip)?.output === 'gateway'

const defined = (values: Data): Data =>
  Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined))

const serviceOf = (address: ResourceAddress, stack: DesiredStack): string => {
  const found = stack.resources.get(address)
  return found?.kind === 'container' ? found.spec.service : parseResourceAddress(address).name.replace(/\.\d+$/, '')
}

const attachments = (spec: ContainerSpec): Data =>
  Object.fromEntries(
    spec.networks.map((one) => [
      parseResourceAddress(one.network).name,
      { aliases: one.aliases, ...(one.static && { ipv4_address: one.ipv4_address }) },
    ]),
  )

function mount(one: Mount): Data {
  const { type, target } = one
  switch (one.type) {
    case 'anonymous':
      return { type: 'volume', target, ...(one.options && { volume: { options: one.options } }) }
    case 'tmpfs':
      return { type, target, tmpfs: { size: one.size, mode: one.mode, ...defined({ options: one.options }) } }
    case 'volume':
      return {
        type,
        source: parseResourceAddress(one.volume).name,
        target,
        read_only: one.read_only,
        volume: { nocopy: one.nocopy, ...defined({ options: one.options }) },
      }
    case 'bind':
      return {
        type,
        source: one.source,
        target,
        read_only: one.read_only,
        bind: {
          propagation: one.propagation,
          create_host_path: one.create_host_path,
          recursive: one.recursive ?? 'enabled',
          ...defined({ options: one.options }),
        },
      }
  }
}

const files = (spec: ContainerSpec): Data =>
  Object.fromEntries(
    (['config', 'secret'] as const).map((kind) => [
      `${kind}s`,
      spec.files
        .filter((file) => file.kind === kind)
        .map(({ name: source, target, mode, uid, gid }) => ({
          source,
          target,
          mode,
          ...(uid !== '' && { uid }),
          ...(gid !== '' && { gid }),
        })),
    ]),
  )

/** The limits that are set. An unset limit has no form in a stack file. */
const limits = (spec: ContainerSpec): Data =>
  Object.fromEntries(
    limitFields.flatMap((name) =>
      spec[name] === undefined || spec[name] === 0 || spec[name] === '' ? [] : [[name, spec[name]]],
    ),
  )

const flags = ({ read_only, privileged, init, tty, stdin_open, keep_alive }: ContainerSpec): Data => ({
  read_only,
  privileged,
  init,
  tty,
  stdin_open,
  keep_alive,
})

/** Sorts keys, removes empty parts, and writes texts as in a stack file. */
function sorted(document: Data): Data {
  return Object.fromEntries(
    topLevelKeys
      .filter((key) => key in document)
      .map(
        (key) => [key, inOrder(key === 'metadata' ? document[key] : mapStrings(document[key], asStackText))] as const,
      )
      .filter(([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0),
  )
}

/** The networks of a container keep their order, which is the order of its interfaces. */
function inOrder(value: unknown, keep = false): unknown {
  if (Array.isArray(value)) return value.map((one) => inOrder(one))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const ordered = keep ? entries : entries.sort(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(ordered.map(([key, one]) => [key, inOrder(one, key === 'networks')]))
}

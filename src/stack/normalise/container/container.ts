import { isIP } from 'node:net'
import type { Container } from '../../../generated/stack-file.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { inCanonicalOrder } from '../../../model/kinds/container-order.ts'
import { type ResourceAddress, resourceAddress } from '../../../model/resource-address.ts'
import { containsToken } from '../../../model/tokens.ts'
import { parseDuration, parseSize } from '../../../model/values/units.ts'
import { type Context, collectError, keyValues, labels, list, reportBadNames } from '../context.ts'
import type { Images } from '../images.ts'
import { reportLongArguments } from '../long-arguments.ts'
import { groups, stopSignal, user, words } from '../process.ts'
import { replicaNames } from '../replicas.ts'
import { normaliseAttachments, normaliseNetworkMode } from './attachments.ts'
import { dependencies, withImpliedDependencies } from './dependencies.ts'
import { normaliseEnvironment } from './environment.ts'
import { normaliseExtraHosts } from './extra-hosts.ts'
import { normaliseFiles } from './files.ts'
import { normaliseHealth } from './health.ts'
import { normaliseLimits } from './limits.ts'
import { normaliseMounts } from './mounts.ts'
import { normaliseExpose, normalisePorts } from './ports.ts'
import { normaliseSecurity } from './security.ts'

const defaultShmBytes = 64 * 1024 * 1024
const defaultGraceMs = 10_000
const defaultLogBytes = 10 * 1024 * 1024
const defaultLogFiles = 3
/** The longest host name that the kernel accepts, bytes. */
const maxHostnameCharacters = 63

/** The canonical specs of one container of the stack, one per replica. */
export function normaliseContainer(
  context: Context,
  images: Images,
  key: string,
  declared: Container,
  profiles: readonly string[],
): ReadonlyMap<ResourceAddress, ContainerSpec> {
  const common = commonSpec(context, images, key, declared, profiles)
  const names = replicaNames(key, declared)
  if (names.length > 1) reportShared(context, key, common)
  return new Map(
    names.map((name) => {
      // The first replica has the host name of a container without replicas, because it may be the same process.
      const own = name.replace(/\.1$/, '').replace(/[._]/g, '-')
      const hostname = (declared.hostname ?? own).slice(0, maxHostnameCharacters)
      return [resourceAddress(context.stack, 'container', name), inCanonicalOrder({ ...common, hostname })]
    }),
  )
}

function commonSpec(
  context: Context,
  images: Images,
  key: string,
  declared: Container,
  profiles: readonly string[],
): Omit<ContainerSpec, 'hostname'> {
  const path = ['containers', key]
  if (declared.image === undefined)
    context.problems.add(
      'invalid',
      path,
      `The container "${key}" needs an \`image\`.`,
      'Add `image: NAME`: an entry of `images:`, a built-in image (busybox, alpine_3_20 ...) or a reference.',
      true,
    )
  const [command, entrypoint] = [
    words(context, path, 'command', declared),
    words(context, path, 'entrypoint', declared),
  ]
  const networks = normaliseAttachments(context, key, declared)
  const environment = normaliseEnvironment(context, key, declared)
  const dns = nameServers(context, [...path, 'dns'], declared.dns)
  const dnsSearch = list(declared.dns_search)
  const spec = {
    service: key,
    image: images.use(declared, path),
    ...(command && { command }),
    ...(entrypoint && { entrypoint }),
    environment,
    ...(declared.working_dir !== undefined && { working_dir: declared.working_dir }),
    ...(declared.user !== undefined && { user: user(context, key, String(declared.user)) }),
    group_add: groups(context, key, (declared.group_add ?? []).map(String)),
    network_mode: normaliseNetworkMode(context, key, declared),
    networks,
    ports: ports(context, key, declared),
    expose: normaliseExpose(context, key, declared.expose),
    ...(dns && { dns }),
    ...(dnsSearch && { dns_search: dnsSearch }),
    dns_opt: declared.dns_opt ?? [],
    extra_hosts: normaliseExtraHosts(context, key, declared.extra_hosts, networks[0]?.network),
    mounts: normaliseMounts(context, key, declared.volumes ?? [], declared.tmpfs),
    files: normaliseFiles(context, key, declared),
    read_only: declared.read_only ?? false,
    shm_size: size(context, [...path, 'shm_size'], declared.shm_size, defaultShmBytes) || defaultShmBytes,
    ...normaliseLimits(context, key, declared),
    ...normaliseSecurity(context, key, declared),
    init: declared.init ?? false,
    tty: declared.tty ?? false,
    stdin_open: declared.stdin_open ?? false,
    keep_alive: declared.keep_alive ?? false,
    ...normaliseHealth(context, key, declared),
    restart: restart(context, key, declared),
    ...(declared.stop_signal !== undefined && { stop_signal: stopSignal(context, key, declared.stop_signal) }),
    stop_grace_period: collectError(context, 'bad-duration', [...path, 'stop_grace_period'], defaultGraceMs, () =>
      declared.stop_grace_period === undefined ? defaultGraceMs : parseDuration(declared.stop_grace_period),
    ),
    ...verification(context, [...path, 'verify'], declared.verify),
    logging: logging(context, key, declared.logging?.options),
    labels: labels(context, [...path, 'labels'], declared.labels, declared.deploy?.labels),
    annotations: annotations(context, key, declared),
    depends_on: dependencies(context, key, declared, profiles),
  }
  reportLongArguments(context, key, declared, spec)
  return { ...spec, depends_on: withImpliedDependencies(context, key, spec) }
}

const verification = (
  context: Context,
  path: readonly string[],
  declared: Container['verify'],
): Pick<ContainerSpec, 'verify'> =>
  declared === undefined
    ? {}
    : { verify: collectError(context, 'bad-duration', path, 0, () => parseDuration(declared)) }

function nameServers(
  context: Context,
  path: readonly string[],
  declared: Container['dns'],
): readonly string[] | undefined {
  const servers = list(declared)
  for (const [index, server] of (servers ?? []).entries())
    if (isIP(server) === 0 && !containsToken(server))
      context.problems.add(
        'bad-address',
        Array.isArray(declared) ? [...path, index] : path,
        `The name server "${server}" is not an address.`,
        'Write e.g. `9.9.9.9`.',
      )
  return servers
}

const size = (
  context: Context,
  path: readonly string[],
  declared: string | number | undefined,
  otherwise: number,
): number =>
  declared === undefined
    ? otherwise
    : collectError(context, 'bad-size', path, otherwise, () => requireSize(parseSize(declared)), sizeHint)

const sizeHint = 'Write bytes, or a number with k, m, g.'

function requireSize(bytes: number): number {
  if (bytes < 0) throw new Error('a size cannot be negative')
  if (bytes > Number.MAX_SAFE_INTEGER) throw new Error('the size is more than any machine has')
  return bytes
}

function logging(
  context: Context,
  key: string,
  declared: NonNullable<Container['logging']>['options'] = {},
): ContainerSpec['logging'] {
  const path = ['containers', key, 'logging', 'options']
  const max_size = size(context, [...path, 'max-size'], declared['max-size'], defaultLogBytes)
  const max_file = Number(declared['max-file'] ?? defaultLogFiles)
  const complain = (field: string, least: string, example: string): void =>
    context.problems.add(
      'bad-size',
      [...path, field],
      `\`logging.options.${field}\` is less than ${least}.`,
      `Write e.g. \`${field}: ${example}\`, or remove it.`,
    )
  if (max_size === 0) complain('max-size', '1 byte', '10m')
  if (max_file < 1) complain('max-file', '1 file', '3')
  return { max_size, max_file }
}

function ports(context: Context, key: string, declared: Container): ContainerSpec['ports'] {
  const published = normalisePorts(context, key, declared.ports ?? [])
  const mode = declared.network_mode ?? 'bridge'
  if (published.length > 0 && mode !== 'bridge')
    context.problems.add(
      'invalid',
      ['containers', key, 'ports'],
      `"${key}" publishes ports, but \`network_mode: ${mode}\` does not allow it.`,
      mode === 'host'
        ? 'Remove `ports`: the container already uses the ports of the host.'
        : 'Publish them on the container whose network it shares.',
      true,
    )
  return published
}

/** The schema allows no others. */
const restartPolicies = ['no', 'always', 'on-failure', 'unless-stopped'] as const

function restart(context: Context, key: string, declared: Container): ContainerSpec['restart'] {
  const policy = declared.deploy?.restart_policy
  if (policy !== undefined && declared.restart !== undefined)
    context.problems.add(
      'invalid',
      ['containers', key, 'restart'],
      '`restart` and `deploy.restart_policy` set the same policy.',
      'Remove one of them.',
    )
  if (policy !== undefined) {
    const named = { none: 'no', 'on-failure': 'on-failure', any: 'always' } as const
    return { policy: named[policy.condition ?? 'any'], max_retries: policy.max_attempts ?? 0 }
  }
  const [name, retries = '0'] = String(declared.restart || 'no').split(':')
  return { policy: restartPolicies.find((known) => known === name) ?? 'no', max_retries: Number(retries) }
}

/** crun interprets these annotations: they could disable the seccomp filter. */
const reserved = /^(run\.oci|org\.criu|org\.systemd|org\.heropods)\b/

function annotations(context: Context, key: string, declared: Container): Readonly<Record<string, string>> {
  const values = keyValues(declared.annotations)
  reportBadNames(context, ['containers', key, 'annotations'], 'label', values)
  for (const name of Object.keys(values)) {
    if (reserved.test(name))
      context.problems.add(
        'bad-annotation',
        ['containers', key, 'annotations', name],
        `The annotation "${name}" is a command to the runtime.`,
        'Remove it: stacks cannot control the runtime.',
        true,
      )
  }
  return values
}

/** Reports fields that only one replica can have. */
function reportShared(context: Context, key: string, spec: Omit<ContainerSpec, 'hostname'>): void {
  const path = ['containers', key]
  const fixed = spec.networks.find((one) => one.static)
  if (fixed)
    context.problems.add(
      'invalid',
      [...path, 'networks'],
      `"${key}" has replicas and a fixed address: only one of them could have it.`,
      'Remove `ipv4_address`.',
    )
  if (spec.ports.length > 0)
    context.problems.add(
      'invalid',
      [...path, 'ports'],
      `"${key}" has replicas and publishes a port: only one of them could have it.`,
      'Publish it on a container in front of them.',
    )
}

import { isIP } from 'node:net'
import type { Container } from '../../../generated/stack-file.ts'
import { type Address, address } from '../../../model/address.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { inCanonicalOrder } from '../../../model/kinds/container-order.ts'
import { holdsToken } from '../../../model/tokens.ts'
import { parseDuration, parseSize } from '../../../model/values/units.ts'
import { type Context, collectError, keyValues, labels, list, refuseNames } from '../context.ts'
import type { Images } from '../images.ts'
import { refuseLongArguments } from '../long-arguments.ts'
import { groups, stopSignal, user, words } from '../process.ts'
import { replicaNames } from '../replicas.ts'
import { normaliseAttachments, normaliseNetworkMode } from './attachments.ts'
import { dependencies, withImplied } from './dependencies.ts'
import { normaliseEnvironment } from './environment.ts'
import { normaliseExtraHosts } from './extra-hosts.ts'
import { normaliseFiles } from './files.ts'
import { normaliseHealth } from './health.ts'
import { normaliseLimits } from './limits.ts'
import { normaliseMounts } from './mounts.ts'
import { normaliseExpose, normalisePorts } from './ports.ts'
import { normaliseSecurity } from './security.ts'

const shmSize = 64 * 1024 * 1024
const graceMs = 10_000
const logSize = 10 * 1024 * 1024
const logFiles = 3
/** Bytes of a line of proc/sys that the kernel takes for a host name. */
const longestHostname = 63

/** Canonical specs of one container of the stack, one a replica. */
export function normaliseContainer(
  context: Context,
  images: Images,
  key: string,
  stated: Container,
  profiles: readonly string[],
): ReadonlyMap<Address, ContainerSpec> {
  const common = commonSpec(context, images, key, stated, profiles)
  const names = replicaNames(key, stated)
  if (names.length > 1) refuseShared(context, key, common)
  return new Map(
    names.map((name) => {
      // The first replica is called as the container without replicas, whose process it may be.
      const own = name.replace(/\.1$/, '').replace(/[._]/g, '-')
      const hostname = (stated.hostname ?? own).slice(0, longestHostname)
      return [address(context.stack, 'container', name), inCanonicalOrder({ ...common, hostname })]
    }),
  )
}

function commonSpec(
  context: Context,
  images: Images,
  key: string,
  stated: Container,
  profiles: readonly string[],
): Omit<ContainerSpec, 'hostname'> {
  const at = ['containers', key]
  if (stated.image === undefined)
    context.problems.add(
      'invalid',
      at,
      `The container "${key}" needs an \`image\`.`,
      'Name an entry of `images:`, a built-in (busybox, alpine_3_20 ...) or a reference.',
      true,
    )
  const [command, entrypoint] = [words(context, at, 'command', stated), words(context, at, 'entrypoint', stated)]
  const networks = normaliseAttachments(context, key, stated)
  const environment = normaliseEnvironment(context, key, stated)
  const dns = nameServers(context, [...at, 'dns'], stated.dns)
  const dnsSearch = list(stated.dns_search)
  const spec = {
    service: key,
    image: images.use(stated.image ?? 'busybox', stated.pull_policy, [...at, 'image']),
    ...(command && { command }),
    ...(entrypoint && { entrypoint }),
    environment,
    ...(stated.working_dir !== undefined && { working_dir: stated.working_dir }),
    ...(stated.user !== undefined && { user: user(context, key, String(stated.user)) }),
    group_add: groups(context, key, (stated.group_add ?? []).map(String)),
    network_mode: normaliseNetworkMode(context, key, stated),
    networks,
    ports: ports(context, key, stated),
    expose: normaliseExpose(context, key, stated.expose),
    ...(dns && { dns }),
    ...(dnsSearch && { dns_search: dnsSearch }),
    dns_opt: stated.dns_opt ?? [],
    extra_hosts: normaliseExtraHosts(context, key, stated.extra_hosts, networks[0]?.network),
    mounts: normaliseMounts(context, key, stated.volumes ?? [], stated.tmpfs),
    files: normaliseFiles(context, key, stated),
    read_only: stated.read_only ?? false,
    shm_size: size(context, [...at, 'shm_size'], stated.shm_size, shmSize) || shmSize,
    ...normaliseLimits(context, key, stated),
    ...normaliseSecurity(context, key, stated),
    init: stated.init ?? false,
    tty: stated.tty ?? false,
    stdin_open: stated.stdin_open ?? false,
    keep_alive: stated.keep_alive ?? false,
    ...normaliseHealth(context, key, stated),
    restart: restart(context, key, stated),
    ...(stated.stop_signal !== undefined && { stop_signal: stopSignal(context, key, stated.stop_signal) }),
    stop_grace_period: collectError(context, 'bad-duration', [...at, 'stop_grace_period'], graceMs, () =>
      stated.stop_grace_period === undefined ? graceMs : parseDuration(stated.stop_grace_period),
    ),
    logging: logging(context, key, stated.logging?.options),
    labels: labels(context, [...at, 'labels'], stated.labels, stated.deploy?.labels),
    annotations: annotations(context, key, stated),
    depends_on: dependencies(context, key, stated, profiles),
  }
  refuseLongArguments(context, key, stated, spec)
  return { ...spec, depends_on: withImplied(context, key, spec) }
}

function nameServers(
  context: Context,
  path: readonly string[],
  stated: Container['dns'],
): readonly string[] | undefined {
  const servers = list(stated)
  for (const [index, server] of (servers ?? []).entries())
    if (isIP(server) === 0 && !holdsToken(server))
      context.problems.add(
        'bad-address',
        Array.isArray(stated) ? [...path, index] : path,
        `The name server "${server}" is no address.`,
        'Write it as 9.9.9.9.',
      )
  return servers
}

const size = (
  context: Context,
  path: readonly string[],
  stated: string | number | undefined,
  otherwise: number,
): number =>
  stated === undefined
    ? otherwise
    : collectError(context, 'bad-size', path, otherwise, () => requireSize(parseSize(stated)), sizeHint)

const sizeHint = 'Write bytes, or a number with k, m, g.'

function requireSize(bytes: number): number {
  if (bytes < 0) throw new Error('a size is not less than 0')
  if (bytes > Number.MAX_SAFE_INTEGER) throw new Error('the size is more than any machine has')
  return bytes
}

function logging(
  context: Context,
  key: string,
  stated: NonNullable<Container['logging']>['options'] = {},
): ContainerSpec['logging'] {
  const at = ['containers', key, 'logging', 'options']
  const max_size = size(context, [...at, 'max-size'], stated['max-size'], logSize)
  const max_file = Number(stated['max-file'] ?? logFiles)
  const complain = (field: string, least: string): void =>
    context.problems.add('bad-size', [...at, field], `\`logging.options.${field}\` is less than ${least}.`, 'Raise it.')
  if (max_size === 0) complain('max-size', 'a byte')
  if (max_file < 1) complain('max-file', 'one file')
  return { max_size, max_file }
}

function ports(context: Context, key: string, stated: Container): ContainerSpec['ports'] {
  const published = normalisePorts(context, key, stated.ports ?? [])
  const mode = stated.network_mode ?? 'bridge'
  if (published.length > 0 && mode !== 'bridge')
    context.problems.add(
      'invalid',
      ['containers', key, 'ports'],
      `"${key}" publishes ports, which \`network_mode: ${mode}\` cannot.`,
      mode === 'host' ? 'Its ports are the host’s already.' : 'Publish them on the container whose network it shares.',
      true,
    )
  return published
}

/** The schema allows no others. */
const restartPolicies = ['no', 'always', 'on-failure', 'unless-stopped'] as const

function restart(context: Context, key: string, stated: Container): ContainerSpec['restart'] {
  const policy = stated.deploy?.restart_policy
  if (policy !== undefined && stated.restart !== undefined)
    context.problems.add(
      'invalid',
      ['containers', key, 'restart'],
      '`restart` and `deploy.restart_policy` say the same in two ways.',
      'Keep one of them.',
    )
  if (policy !== undefined) {
    const named = { none: 'no', 'on-failure': 'on-failure', any: 'always' } as const
    return { policy: named[policy.condition ?? 'any'], max_retries: policy.max_attempts ?? 0 }
  }
  const [name, retries = '0'] = String(stated.restart || 'no').split(':')
  return { policy: restartPolicies.find((known) => known === name) ?? 'no', max_retries: Number(retries) }
}

/** crun takes orders from these: they would switch the seccomp filter off. */
const reserved = /^(run\.oci|org\.criu|org\.systemd|org\.heropods)\b/

function annotations(context: Context, key: string, stated: Container): Readonly<Record<string, string>> {
  const values = keyValues(stated.annotations)
  refuseNames(context, ['containers', key, 'annotations'], 'label', values)
  for (const name of Object.keys(values)) {
    if (reserved.test(name))
      context.problems.add(
        'bad-annotation',
        ['containers', key, 'annotations', name],
        `The annotation "${name}" is an order to the runtime.`,
        'Take it out: runtimes are not steered from stacks.',
        true,
      )
  }
  return values
}

/** What only one container can have. */
function refuseShared(context: Context, key: string, spec: Omit<ContainerSpec, 'hostname'>): void {
  const at = ['containers', key]
  const fixed = spec.networks.find((one) => one.static)
  if (fixed)
    context.problems.add(
      'invalid',
      [...at, 'networks'],
      `"${key}" has replicas and a fixed address: only one of them could have it.`,
      'Leave `ipv4_address` out.',
    )
  if (spec.ports.length > 0)
    context.problems.add(
      'invalid',
      [...at, 'ports'],
      `"${key}" has replicas and publishes a port: only one of them could have it.`,
      'Publish it on a container in front of them.',
    )
}

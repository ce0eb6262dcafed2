import { quoted } from '../../../model/command/quoted.ts'
import { unknown } from '../../../model/diff/showable.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { parseResourceAddress, sharedContainer } from '../../../model/resource-address.ts'
import { containsToken } from '../../../model/tokens.ts'
import { groupBy } from '../../../model/values/group-by.ts'
import { sizeText } from '../../../model/values/units.ts'
import { blockIoItems } from './block-io-items.ts'
import { asText, type Formats, fieldsOf, itemsBy } from './formats.ts'
import { healthItems, unhealthyItems } from './health-items.ts'
import { flagItem, type Item, listItems, mapItems, scalar } from './item.ts'
import { attachmentItems, fileItem, mountText, portText } from './place-items.ts'
import { durationText, shortDigest } from './units.ts'

const none = (): readonly Item[] => []

/** A number that is not set while it is 0. */
const limit =
  (field: string, textOf: (value: number) => string = String, details: Pick<Item, 'absent'> = {}) =>
  (value: number): readonly Item[] =>
    value === 0 ? [] : [scalar(field, textOf(value), details)]

const unlimited = { absent: 'no limit' }

const option = (field: string, value: string, isDefault = false): readonly Item[] =>
  value === '' ? [] : [scalar(field, value, { isDefault })]

const list =
  (field: string) =>
  (value: readonly string[]): readonly Item[] =>
    listItems(field, value, asText)

/**
 * How each field of a container is shown. Fields that are written together in a stack file are shown together, under the first of them.
 * The code does not compile if a field is missing.
 */
const formats: Formats<ContainerSpec> = {
  // The key of the container is in its address.
  service: none,
  image: (image, { image_digest }) => [imageItem(image, image_digest)],
  image_digest: none,
  entrypoint: (words) => [scalar('entrypoint', quoted(words))],
  command: (words) => [scalar('command', quoted(words))],
  environment: (variables) => mapItems('environment', variables, String, { isHidden: true }),
  working_dir: (folder) => option('working_dir', folder),
  user: (user) => option('user', user),
  group_add: list('group_add'),
  hostname: (name) => [scalar('hostname', name, { isDerived: true, groupText: '' })],
  network_mode: (mode) => [scalar('network_mode', modeText(mode), { isDefault: mode === 'bridge' })],
  networks: attachmentItems,
  ports: (ports) => listItems('ports', ports, (port) => asText(portText(port))),
  expose: list('expose'),
  dns: (servers) => listItems('dns', servers, (one) => ({ text: one, isDerived: true })),
  dns_search: (domains) => listItems('dns_search', domains, (one) => ({ text: one, isDerived: true })),
  dns_opt: list('dns_opt'),
  extra_hosts: (hosts) => mapItems('extra_hosts', hosts, (ips) => (typeof ips === 'string' ? ips : ips.join(', '))),
  mounts: (mounts) => listItems('volumes', mounts, (mount) => asText(mountText(mount)), 'mounts'),
  files: (files) => files.map(fileItem),
  read_only: (value) => flagItem('read_only', value),
  shm_size: (bytes) => [scalar('shm_size', sizeText(bytes), { isDefault: bytes === 64 * 2 ** 20 })],
  mem_limit: limit('mem_limit', sizeText, unlimited),
  mem_reservation: limit('mem_reservation', sizeText),
  memswap_limit: limit('memswap_limit', sizeText),
  cpu_quota: cpuItems,
  cpu_period: none,
  cpu_shares: limit('cpu_shares'),
  cpuset: (cpus) => option('cpuset', cpus),
  pids_limit: limit('pids_limit', (count) => (count < 0 ? 'unlimited' : String(count)), unlimited),
  blkio_config: blockIoItems,
  cap_add: list('cap_add'),
  cap_drop: list('cap_drop'),
  privileged: (value) => flagItem('privileged', value),
  no_new_privileges: (value) => security('no-new-privileges', String(value), value, '/no_new_privileges'),
  seccomp: (profile) => security('seccomp', profile, profile === 'default', '/seccomp'),
  apparmor: (profile) => (profile === '' ? [] : security('apparmor', profile, false, '/apparmor')),
  devices: (devices) => listItems('devices', devices, (device) => asText(deviceText(device))),
  ulimits: (limits) => mapItems('ulimits', limits, ({ soft, hard }) => ulimitText(soft, hard)),
  sysctls: (values) => mapItems('sysctls', values, String),
  init: (value) => flagItem('init', value),
  tty: (value) => flagItem('tty', value),
  stdin_open: (value) => flagItem('stdin_open', value),
  keep_alive: (value) => flagItem('keep_alive', value),
  healthcheck: healthItems,
  on_unhealthy: unhealthyItems,
  restart: ({ policy, max_retries }) => [
    scalar('restart', max_retries > 0 ? `${policy}:${max_retries}` : policy, { isDefault: policy === 'no' }),
  ],
  stop_signal: (signal) => option('stop_signal', signal),
  stop_grace_period: (time) => [scalar('stop_grace_period', durationText(time), { isDefault: time === 10_000 })],
  verify: (time) => option('verify', durationText(time)),
  logging: ({ max_size, max_file }) => [
    entry('logging', 'max-size', sizeText(max_size), '/logging/max_size', max_size === 10 * 2 ** 20),
    entry('logging', 'max-file', String(max_file), '/logging/max_file', max_file === 3),
  ],
  labels: (labels) => mapItems('labels', labels, String),
  annotations: (annotations) => mapItems('annotations', annotations, String),
  depends_on: dependencyItems,
}

/** One item for all replicas of a container, so that another number of them is one change. */
function dependencyItems(dependencies: ContainerSpec['depends_on']): readonly Item[] {
  const groups = groupBy(
    dependencies.map((one, index) => ({ ...one, index })),
    ({ container, condition }) => `${parseResourceAddress(container).name.replace(/\.\d+$/, '')} ${condition}`,
  )
  return [...groups.values()].flatMap((group): readonly Item[] => {
    const [first] = group
    if (first === undefined) return []
    const { container, condition, index } = first
    const { name } = parseResourceAddress(container)
    const replicas = group.length > 1 ? `, ${group.length} replicas` : ''
    return [
      {
        field: 'depends_on',
        name: name.replace(/\.\d+$/, ''),
        text: `${condition.replace(/^service_/, '').replace(/_successfully$/, '')}${replicas}`,
        pointer: `/depends_on/${index}`,
      },
    ]
  })
}

export const containerFields = fieldsOf(formats)

/** The values of one field of a container. Pure. */
export const containerItems = itemsBy(formats)

const entry = (field: string, name: string, value: string, pointer: string, isDefault: boolean): Item => ({
  field,
  name,
  text: value,
  pointer,
  isDefault,
})

function imageItem(image: ContainerSpec['image'], digest: string | undefined): Item {
  const { name } = parseResourceAddress(image)
  const isKnown = digest !== undefined && !containsToken(digest)
  return scalar('image', `${name} (${isKnown ? shortDigest(digest) : unknown})`, { created: name })
}

const security = (name: string, value: string, isDefault: boolean, pointer: string): readonly Item[] => [
  entry('security_opt', name, value, pointer, isDefault),
]

/** Quota and period are the `cpus` of a stack file, if both are limits. */
function cpuItems(quota: number, { cpu_period: period }: ContainerSpec): readonly Item[] {
  if (quota > 0) {
    const cpus = Number((quota / (period || 100_000)).toFixed(5))
    return [{ field: 'cpus', text: String(cpus), pointer: '/cpu_quota', ...unlimited }]
  }
  return [
    ...(quota < 0 ? [scalar('cpu_quota', 'unlimited')] : []),
    ...(period > 0 ? [scalar('cpu_period', `${period}us`)] : []),
  ]
}

const modeText = (mode: string): string => {
  const shared = sharedContainer(mode)
  return shared === undefined ? mode : `container:${parseResourceAddress(shared).name}`
}

const deviceText = ({ source, target, permissions }: ContainerSpec['devices'][number]): string =>
  `${source === target ? source : `${source} -> ${target}`}${permissions === 'rwm' ? '' : ` (${permissions})`}`

const ulimitText = (soft: number, hard: number): string => {
  const [low, high] = [soft, hard].map((value) => (value < 0 ? 'unlimited' : String(value)))
  return low === high ? `${low}` : `${low}:${high}`
}

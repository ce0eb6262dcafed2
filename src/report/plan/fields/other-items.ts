import { unknown } from '../../../model/diff/showable.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { Member, NetworkSpec } from '../../../model/kinds/network.ts'
import type { VolumeSpec } from '../../../model/kinds/volume.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { asText, type Formats, fieldsOf, itemsBy } from './formats.ts'
import { flagItem, type Item, listItems, mapItems, scalar } from './item.ts'
import { fileSystemText, portText } from './place-items.ts'
import { shortDigest } from './units.ts'

const networkFormats: Formats<NetworkSpec> = {
  subnet: (subnet) => [scalar('subnet', subnet)],
  gateway: (gateway) => [scalar('gateway', gateway, { isDerived: true })],
  driver: (driver) => [scalar('driver', driver, { isDefault: driver === 'bridge' })],
  bridge: (bridge) => [scalar('bridge', bridge, { isDerived: true })],
  internal: (internal) => flagItem('internal', internal),
  mtu: (mtu) => [scalar('mtu', String(mtu), { isDefault: mtu === 1500 })],
  dns: ({ servers, search }) => [
    ...listItems('dns servers', servers, (one) => ({ text: one, isDerived: true }), 'dns/servers'),
    ...listItems('dns search', search, (one) => ({ text: one, isDerived: true }), 'dns/search'),
  ],
  exclude: (ranges) => listItems('exclude', ranges, asText),
  labels: (labels) => mapItems('labels', labels, String),
  members: (members) => members.map(memberItem),
  // They follow from the members.
  hosts: () => [],
}

/** A container on a network: a new network does not show it, because the container does. */
function memberItem({ container, ip, names, ports }: Member, index: number): Item {
  const { name } = parseResourceAddress(container)
  const aliases = names.filter((one) => one !== name).map((one) => `alias ${one}`)
  return {
    field: 'member',
    name,
    text: [ip, ...ports.map(portText), ...aliases].join(', '),
    created: [ip, ...ports.map(portText)].join(', '),
    groupText: '',
    pointer: `/members/${index}`,
    follows: container,
    isDerived: true,
  }
}

const sourceText = (source: ImageSpec['source']): string => {
  if (source.type === 'ref') return source.ref
  return source.type === 'archive' ? source.path : `built-in ${source.name}`
}

const imageFormats: Formats<ImageSpec> = {
  source: (source, { digest }) => [
    { field: 'from', text: sourceText(source), pointer: '/source' },
    scalar('digest', digest === undefined ? `(${unknown})` : shortDigest(digest)),
  ],
  digest: () => [],
  pull_policy: (policy) => [scalar('pull_policy', policy, { isDefault: policy === 'missing' })],
  platform: (platform) => (platform === undefined ? [] : [scalar('platform', platform)]),
  labels: (labels) => mapItems('labels', labels, String),
}

const volumeFormats: Formats<VolumeSpec> = {
  protect: (protect) => flagItem('protect', protect),
  driver_opts: (mount) => [scalar('driver_opts', fileSystemText(mount))],
  labels: (labels) => mapItems('labels', labels, String),
}

export const networkFields = fieldsOf(networkFormats)
export const imageFields = fieldsOf(imageFormats)
export const volumeFields = fieldsOf(volumeFormats)

/** The values of one field. Pure. */
export const networkItems = itemsBy(networkFormats)
export const imageItems = itemsBy(imageFormats)
export const volumeItems = itemsBy(volumeFormats)

import type { InjectedFile, Mount, NetworkAttachment } from '../../../model/kinds/container.ts'
import type { PublishedPort } from '../../../model/kinds/network.ts'
import type { VolumeMount } from '../../../model/kinds/volume.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { sizeText } from '../../../model/values/units.ts'
import type { Item } from './item.ts'

/** A published port: `127.0.0.1:8080->80/tcp`. Pure. */
export const portText = ({ host_ip, published, target, protocol }: PublishedPort): string =>
  `${host_ip.includes(':') ? `[${host_ip}]` : host_ip}:${published}->${target}/${protocol}`

/** A mount with the options that differ from the defaults: `data -> /data (read-only)`. Pure. */
export function mountText(mount: Mount): string {
  const options = mountOptions(mount)
  return `${mountSource(mount)}${mount.target}${options.length > 0 ? ` (${options.join(', ')})` : ''}`
}

function mountSource(mount: Mount): string {
  if (mount.type === 'bind') return `${mount.source} -> `
  if (mount.type === 'volume') return `${parseResourceAddress(mount.volume).name} -> `
  return mount.type === 'tmpfs' ? 'tmpfs ' : 'anonymous volume '
}

function mountOptions(mount: Mount): readonly string[] {
  switch (mount.type) {
    case 'bind':
      return [
        ...(mount.read_only ? ['read-only'] : []),
        ...(mount.propagation === 'rprivate' ? [] : [mount.propagation]),
        ...(mount.create_host_path ? [] : ['source must exist']),
        ...(mount.recursive === undefined ? [] : [`recursive: ${mount.recursive}`]),
        ...(mount.options ?? []),
      ]
    case 'volume':
      return volumeOptions(mount)
    case 'tmpfs':
      return [
        ...(mount.size === 0 ? [] : [typeof mount.size === 'number' ? sizeText(mount.size) : mount.size]),
        ...(mount.mode === '1777' ? [] : [`mode ${mount.mode}`]),
        ...(mount.options ?? []),
      ]
    case 'anonymous':
      return mount.options ?? []
  }
}

const volumeOptions = ({
  read_only,
  nocopy,
  options = [],
  driver_opts,
}: Mount & { type: 'volume' }): readonly string[] => [
  ...(read_only ? ['read-only'] : []),
  ...(nocopy ? ['nocopy'] : []),
  ...options,
  ...(driver_opts === undefined ? [] : [fileSystemText(driver_opts)]),
]

/** The file system of a volume: `nfs 10.0.0.1:/data rw,soft`. Pure. */
export const fileSystemText = ({ type, device, o }: VolumeMount): string =>
  [type, ...(device === type ? [] : [device]), ...(o === '' ? [] : [o])].join(' ')

/** The networks of a container: for each the address on it, then the aliases, if there are any. */
export const attachmentItems = (networks: readonly NetworkAttachment[]): readonly Item[] =>
  networks.flatMap(({ network, ipv4_address, aliases, static: isFixed }, index): readonly Item[] => {
    const [field, pointer, name] = ['networks', `/networks/${index}`, parseResourceAddress(network).name]
    const fixed = isFixed ? ['fixed address'] : []
    const all = [...fixed, ...(aliases.length > 0 ? [`aliases ${aliases.join(', ')}`] : [])]
    const address = ipv4_address || '(address after apply)'
    const own = {
      ...{ field, name, pointer, groupText: inBrackets(all).trim(), groupChange: 'a new address for each' },
      text: `${address}${inBrackets(fixed)}`,
      created: `${address}${inBrackets(all)}`,
    }
    if (aliases.length === 0) return [own]
    const names = { name: `${name}.aliases`, text: aliases.join(', '), pointer: `${pointer}/aliases` }
    return [own, { field, ...names, isInOther: true }]
  })

const inBrackets = (details: readonly string[]): string => (details.length > 0 ? ` (${details.join(', ')})` : '')

/** A config or secret with its place in the container. Its content is compared apart. */
export function fileItem({ kind, name, target, mode, uid, gid, content }: InjectedFile, index: number): Item {
  const owner = uid === '' && gid === '' ? [] : [`owner ${uid || 'default'}:${gid || 'default'}`]
  const more = [...(mode === '0444' ? [] : [`mode ${mode}`]), ...owner]
  return {
    field: kind,
    name,
    text: `${target}${inBrackets(more)}`,
    bracketText: [target, ...more].join(', '),
    pointer: `/files/${index}`,
    content,
  }
}

import type { InjectedFile, Mount, NetworkAttachment } from '../../../model/kinds/container.ts'
import type { PublishedPort } from '../../../model/kinds/network.ts'
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
      ]
    case 'volume':
      return [...(mount.read_only ? ['read-only'] : []), ...(mount.nocopy ? ['nocopy'] : [])]
    case 'tmpfs':
      return [
        ...(mount.size === 0 ? [] : [typeof mount.size === 'number' ? sizeText(mount.size) : mount.size]),
        ...(mount.mode === '1777' ? [] : [`mode ${mount.mode}`]),
        ...(mount.options ?? []),
      ]
    case 'anonymous':
      return []
  }
}

/** A network with the address on it and the aliases. */
export function networkItem({ network, ipv4_address, aliases, static: isFixed }: NetworkAttachment) {
  const more = [...(isFixed ? ['fixed address'] : []), ...aliases.map((alias) => `alias ${alias}`)]
  const details = more.length > 0 ? ` (${more.join(', ')})` : ''
  return {
    name: parseResourceAddress(network).name,
    text: `${ipv4_address || '(address after apply)'}${details}`,
    groupText: details.trim(),
  }
}

/** A config or secret with its place in the container. Its content is compared apart. */
export function fileItem({ kind, name, target, mode, uid, gid, content }: InjectedFile, index: number): Item {
  const owner = uid === '' && gid === '' ? [] : [`owner ${uid || 'default'}:${gid || 'default'}`]
  const more = [...(mode === '0444' ? [] : [`mode ${mode}`]), ...owner]
  return {
    field: kind,
    name,
    text: `${target}${more.length > 0 ? ` (${more.join(', ')})` : ''}`,
    pointer: `/files/${index}`,
    content,
  }
}

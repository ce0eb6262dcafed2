import type { MountEntry } from '../../../host/files/mounts.ts'
import type { VolumeMount } from '../../../model/kinds/volume.ts'

/** How the file system of a volume is mounted, and found again. All functions here are pure. */

/** Arguments of mount(8). A server that does not answer is not asked again: HeroPods tries again itself. */
export function mountArguments({ type, device, o }: VolumeMount, target: string): readonly string[] {
  const options = o.split(',').filter(Boolean)
  const all = isNfs(type) && !options.some((one) => one.startsWith('retry=')) ? [...options, 'retry=0'] : options
  return [
    '--types',
    type,
    ...(all.length > 0 ? ['--options', all.join(',')] : []),
    '--source',
    device,
    '--target',
    target,
  ]
}

export const isNfs = (type: string): boolean => type.startsWith('nfs')

/** Why a mount is not that of the volume; undefined: it is. `found`: the mount at its place. */
export function mountFault({ type, device }: VolumeMount, found: MountEntry | undefined): string | undefined {
  if (found === undefined) return 'its file system is not mounted'
  const sameType = isNfs(type) ? isNfs(found.type) : found.type.replace(/^smb3$/, 'cifs') === type
  if (sameType && (type === 'tmpfs' || withoutSlash(found.source) === withoutSlash(device))) return undefined
  return `another file system is mounted in its place: ${found.source} (${found.type})`
}

const withoutSlash = (text: string): string => text.replace(/(?<=.)\/+$/, '')

/** Host and TCP port of the server; undefined: the volume has none, or it does not use TCP. */
export function serverOf({
  type,
  device,
  o,
}: VolumeMount): { readonly host: string; readonly port: number } | undefined {
  if (type === 'tmpfs') return undefined
  const options = new Map(o.split(',').map((option) => [option.split('=')[0] ?? '', option.split('=')[1] ?? '']))
  if (options.has('udp') || ['udp', 'rdma'].includes(options.get('proto') ?? '')) return undefined
  const [, host = ''] = (isNfs(type) ? /^(.*?):\// : /^\/\/([^/]+)\//).exec(device) ?? []
  return {
    host: (options.get('ip') ?? options.get('addr') ?? host).replace(/^\[(.*)\]$/, '$1'),
    port: Number(options.get('port')) || (isNfs(type) ? 2049 : 445),
  }
}

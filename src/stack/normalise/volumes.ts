import type { StackFile } from '../../generated/stack-file.ts'
import type { VolumeMount, VolumeSpec } from '../../model/kinds/volume.ts'
import { type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { type Context, collectError, InputError, labels } from './context.ts'

type Declared = NonNullable<NonNullable<StackFile['volumes']>[string]>

/** The volumes of a stack. Problems are collected in the context. */
export function normaliseVolumes(context: Context): ReadonlyMap<ResourceAddress, VolumeSpec> {
  const volumes = new Map<ResourceAddress, VolumeSpec>()
  for (const [name, declared] of Object.entries(context.data.volumes ?? {})) {
    if (name.startsWith('x-')) continue
    const options = declared?.driver_opts
    const mount =
      options &&
      collectError<VolumeMount | undefined>(
        context,
        'bad-mount',
        ['volumes', name, 'driver_opts'],
        undefined,
        () => volumeMount(options),
        'Write e.g. `driver_opts: { type: nfs, device: "192.0.2.10:/data", o: "rw,nfsvers=4.2" }`.',
      )
    if (mount?.type === 'tmpfs' && declared?.protect === true)
      context.problems.add(
        'bad-mount',
        ['volumes', name, 'protect'],
        `The volume "${name}" is in memory: its data cannot be protected.`,
        'Remove `protect`, or `driver_opts`.',
      )
    volumes.set(resourceAddress(context.stack, 'volume', name), {
      protect: declared?.protect ?? false,
      labels: labels(context, ['volumes', name, 'labels'], declared?.labels),
      ...(mount && { driver_opts: mount }),
    })
  }
  return volumes
}

/** The mount of a volume. Throws an Error if it is not valid. */
function volumeMount({ type, device, o = '' }: NonNullable<Declared['driver_opts']>): VolumeMount {
  const options = o.split(',').filter((option) => option !== '' && option !== 'defaults')
  for (const option of options) checkOption(option)
  const host = options.find((option) => option.startsWith('addr='))?.slice('addr='.length)
  const others = options.filter((option) => !option.startsWith('addr=')).join(',')
  if (type === 'tmpfs') return { type, device: 'tmpfs', o: options.join(',') }
  if (device === undefined) throw new Error(`a volume of the type ${type} needs \`device\``)
  if (/[\s\0]/.test(device)) throw new Error('`device` contains a blank')
  if (type === 'cifs') return { type, device: cifsDevice(device), o: options.join(',') }
  return { type, device: nfsDevice(device, host), o: others }
}

/** `HOST:/PATH`; Compose files often have the host in the option `addr` only. */
function nfsDevice(device: string, addr: string | undefined): string {
  const [, host = '', path] = /^(.*?):(\/.*)$/.exec(device) ?? []
  if (path === undefined) throw new Error(`the device "${device}" is not HOST:/PATH`)
  const server = addr ?? host
  if (server === '') throw new Error(`the device "${device}" has no host, and there is no option \`addr\``)
  return `${server.includes(':') && !server.startsWith('[') ? `[${server}]` : server}:${path}`
}

function cifsDevice(device: string): string {
  if (!/^\/\/[^/]+\/./.test(device)) throw new Error(`the device "${device}" is not //HOST/SHARE`)
  return device
}

/** Options by which mount(8) would do something else than mount this file system, or run a program. */
const forbidden =
  /^(r?bind|move|remount|loop|offset|sizelimit|u?helper|make-|(r?(shared|slave|private|unbindable))$|[xX]-)/

function checkOption(option: string): void {
  if (!/^[\w.+:/@%[\]=-]+$/.test(option))
    throw new Error(`the option ${JSON.stringify(option)} has characters that mount(8) does not allow`)
  if (forbidden.test(option)) throw new Error(`the option "${option}" is not allowed in a volume`)
  if (/^pass(word)?2?=/.test(option))
    throw new InputError(
      'a password in `o` would be readable in plans and in the list of processes',
      'Write it in a file that only root can read, and name it: `o: "credentials=/etc/cifs-credentials"`.',
    )
}

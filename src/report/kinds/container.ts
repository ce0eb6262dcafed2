import { parseAddress } from '../../model/address.ts'
import type { ContainerSpec, Mount } from '../../model/kinds/container.ts'
import type { PublishedPort } from '../../model/kinds/network.ts'
import type { NewFields } from '../describe.ts'

/** The fields of a new container that matter most to a reader. Pure. */
export const containerFields = (spec: ContainerSpec): NewFields => [
  ['image', parseAddress(spec.image).name],
  ['command', [...(spec.entrypoint ?? []), ...(spec.command ?? [])].join(' ') || undefined],
  [
    'network',
    spec.networks.map((one) => `${parseAddress(one.network).name} ${one.ipv4_address}`.trim()).join(', ') ||
      spec.network_mode,
  ],
  ['ports', spec.ports.map(portText).join(', ') || undefined],
  ['mounts', spec.mounts.map(mountText).join(', ') || undefined],
  ['files', spec.files.map((file) => `${file.kind} ${file.name} -> ${file.target}`).join(', ') || undefined],
  ['environment', Object.keys(spec.environment).join(', ') || undefined],
  ['user', spec.user],
  ['limits', limitsText(spec)],
  ['healthcheck', healthText(spec)],
  ['restart', spec.restart.policy === 'no' ? undefined : spec.restart.policy],
  ['cap_add', spec.cap_add.join(', ') || undefined],
  ['devices', spec.devices.map((device) => device.source).join(', ') || undefined],
  ['seccomp', spec.seccomp === 'default' ? undefined : spec.seccomp],
  ['privileged', spec.privileged || undefined],
]

function healthText({ healthcheck }: ContainerSpec): string | undefined {
  if (healthcheck === undefined) return undefined
  if ('disable' in healthcheck) return 'none'
  const every = `every ${healthcheck.interval / 1000}s`
  if ('tcp' in healthcheck) return `tcp ${healthcheck.tcp} ${every}`
  if ('test' in healthcheck) return `${healthcheck.test.slice(1).join(' ')} ${every}`
  const { scheme, port, path } = healthcheck.http
  return `${scheme} ${port}${path} ${every}`
}

function mountText(mount: Mount): string {
  const readOnly = 'read_only' in mount && mount.read_only ? ' (read-only)' : ''
  if (mount.type === 'bind') return `${mount.source} -> ${mount.target}${readOnly}`
  if (mount.type === 'volume') return `${parseAddress(mount.volume).name} -> ${mount.target}${readOnly}`
  return `${mount.type} ${mount.target}`
}

const limitsText = (spec: ContainerSpec): string | undefined =>
  [
    ...(spec.mem_limit > 0 ? [`${Math.round(spec.mem_limit / 2 ** 20)} MiB`] : []),
    ...(spec.cpu_quota > 0 ? [`${spec.cpu_quota / (spec.cpu_period || 100_000)} CPUs`] : []),
    ...(spec.pids_limit > 0 ? [`${spec.pids_limit} processes`] : []),
  ].join(', ') || undefined

export const portText = (port: PublishedPort): string =>
  `${port.host_ip}:${port.published}->${port.target}/${port.protocol}`

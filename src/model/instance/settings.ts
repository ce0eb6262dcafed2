import { hostRange } from '../ip/prefix.ts'
import { formatIp, parsePrefix } from '../ip/text.ts'

/** Settings of the default network, which containers without `networks` join. Absent ones are those of the original HeroPods. */
export interface NetworkSettings {
  /** Name of the bridge; default `heropods0`. */
  readonly bridge?: string
  /** Default 10.10.0.0/24, or the next free subnet if it is in use. */
  readonly subnet?: string
  /** Address of the bridge; default the first address of the subnet. */
  readonly gateway?: string
  /** Name servers of the containers; default 8.8.8.8 and 8.8.4.4. */
  readonly dns?: readonly string[]
}

/** Settings of an instance that no stack declares. */
export interface InstanceSettings {
  readonly network?: NetworkSettings
  /** False: only archives, built-ins and unpacked images work. Default true. */
  readonly use_podman?: boolean
}

/** Settings as options of a command or a call give them. */
export type GivenSettings = { readonly [Name in keyof NetworkSettings]: NetworkSettings[Name] | undefined } & {
  readonly usePodman: boolean | undefined
}

/** The given settings as they are recorded, without absent ones. Pure. */
export function givenSettings({ bridge, subnet, gateway, dns, usePodman }: GivenSettings): InstanceSettings {
  const network = {
    ...(bridge !== undefined && { bridge }),
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...(dns !== undefined && { dns }),
  }
  return {
    ...(Object.keys(network).length > 0 && { network }),
    ...(usePodman !== undefined && { use_podman: usePodman }),
  }
}

/** Settings with the field names of the original HeroPods. */
export interface OriginalSettings {
  readonly use_podman: boolean
  readonly bridge_name: string
  readonly subnet: string
  readonly gateway_ip: string
  readonly dns_servers: readonly string[]
}

/** The defaults of the original HeroPods. */
export const defaultSettings: OriginalSettings = {
  use_podman: true,
  bridge_name: 'heropods0',
  subnet: '10.10.0.0/24',
  gateway_ip: '10.10.0.1',
  dns_servers: ['8.8.8.8', '8.8.4.4'],
}

/** The settings with every default, under the names of the original. Pure. */
export function originalSettings({ network = {}, use_podman }: InstanceSettings): OriginalSettings {
  const { bridge, subnet = defaultSettings.subnet, gateway, dns } = network
  return {
    use_podman: use_podman ?? defaultSettings.use_podman,
    bridge_name: bridge ?? defaultSettings.bridge_name,
    subnet,
    gateway_ip: gateway ?? formatIp(hostRange(parsePrefix(subnet)).first),
    dns_servers: dns ?? defaultSettings.dns_servers,
  }
}

/** Settings after a change. A new subnet has its own gateway. Pure. */
export function changedSettings(known: InstanceSettings, change: InstanceSettings): InstanceSettings {
  const { gateway, ...others } = known.network ?? {}
  const isMoved = change.network?.subnet !== undefined && change.network.subnet !== known.network?.subnet
  const network = { ...others, ...(gateway !== undefined && !isMoved && { gateway }), ...change.network }
  const usePodman = change.use_podman ?? known.use_podman
  return {
    ...(Object.keys(network).length > 0 && { network }),
    ...(usePodman !== undefined && { use_podman: usePodman }),
  }
}

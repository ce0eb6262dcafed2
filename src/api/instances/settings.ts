import { changedSettings, givenSettings, type InstanceSettings } from '../../model/instance/settings.ts'
import { stableJson } from '../../model/values/stable-json.ts'

/** Settings of an instance, with the words of the original HeroPods. */
export interface HeroPodsSettings {
  /** Use podman for images. Default: true. Otherwise only archives, built-in and unpacked images work. */
  readonly usePodman?: boolean
  /** Bridge of the default network: `heropods0`, or `hp` with 1 to 13 lowercase letters, digits or `-`. Default: `heropods0`. */
  readonly bridgeName?: string
  /** Subnet of the default network. Default: `10.10.0.0/24`. */
  readonly subnet?: string
  /** Address of the bridge. Default: the first address of the subnet. */
  readonly gatewayIp?: string
  /** Name servers of the containers on the default network. Default: 8.8.8.8 and 8.8.4.4. */
  readonly dnsServers?: readonly string[]
}

/** The given settings under the names of the records. Pure. */
export const recordedSettings = ({
  usePodman,
  bridgeName: bridge,
  subnet,
  gatewayIp: gateway,
  dnsServers: dns,
}: HeroPodsSettings): InstanceSettings => givenSettings({ bridge, subnet, gateway, dns, usePodman })

/** True if the given settings would change nothing. `usePodman: true` and an absent one are the same. Pure. */
export function isUnchanged(known: InstanceSettings, given: InstanceSettings): boolean {
  const comparable = (one: InstanceSettings) => stableJson({ ...one, use_podman: one.use_podman ?? true })
  return comparable(known) === comparable(changedSettings(known, given))
}

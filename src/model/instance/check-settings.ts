import { type Diagnostic, refusedError } from '../errors.ts'
import { gatewayFault, subnetFault } from '../ip/network-faults.ts'
import { isIPv4 } from '../ip/text.ts'
import { flag, listOf, object, optional, type Shape, text } from '../values/shape.ts'
import { defaultSettings, type InstanceSettings, type NetworkSettings } from './settings.ts'

/** The types of the fields of settings. */
export const settingsShape: Shape<InstanceSettings> = object({
  network: optional(
    object<NetworkSettings>({
      bridge: optional(text),
      subnet: optional(text),
      gateway: optional(text),
      dns: optional(listOf(text)),
    }),
  ),
  use_podman: optional(flag),
})

/** The first wrong value of settings; undefined if all are valid. Pure. */
export const settingsFault = ({ network = {} }: InstanceSettings): Diagnostic | undefined =>
  bridgeFault(network) ?? addressFault(network) ?? serversFault(network)

/** Returns valid settings. Raises `bad-name`, `bad-subnet`, `bad-gateway`, `bad-address` (refused). Pure. */
export function requireSettings(settings: InstanceSettings): InstanceSettings {
  const fault = settingsFault(settings)
  if (fault !== undefined) throw refusedError(fault)
  return settings
}

/**
 * True for a name that the bridge of a default network can have. The firewall rules of all instances know their bridges by it. The networks
 * of stacks have `hp` with 12 hexadecimal digits. Pure.
 */
export const isBridgeName = (name: string): boolean =>
  /^(heropods0|hp[a-z0-9-]{1,13})$/.test(name) && !/^hp[0-9a-f]{12}$/.test(name)

export const bridgeNameRule =
  'Use heropods0, or hp with 1 to 13 lowercase letters, digits or -, e.g. hpstaging: the firewall rules of all instances know their bridges by it. hp with 12 hexadecimal digits is reserved for networks of stacks.'

function bridgeFault({ bridge }: NetworkSettings): Diagnostic | undefined {
  if (bridge === undefined || isBridgeName(bridge)) return undefined
  return {
    code: 'bad-name',
    message: `${JSON.stringify(bridge)} is not a name that a bridge of HeroPods can have.`,
    hint: bridgeNameRule,
  }
}

function addressFault({ subnet = defaultSettings.subnet, gateway }: NetworkSettings): Diagnostic | undefined {
  const fault = subnetFault(subnet)
  if (fault !== undefined)
    return { code: 'bad-subnet', message: `The subnet ${JSON.stringify(subnet)} ${fault.why}.`, hint: fault.hint }
  const why = gateway === undefined ? undefined : gatewayFault(gateway, subnet)
  if (why === undefined) return undefined
  return {
    code: 'bad-gateway',
    message: `The gateway ${JSON.stringify(gateway)} ${why}.`,
    hint: 'Remove it to use the first address of the subnet.',
  }
}

function serversFault({ dns = [] }: NetworkSettings): Diagnostic | undefined {
  const wrong = dns.find((one) => !isIPv4(one))
  if (wrong === undefined) return undefined
  return {
    code: 'bad-address',
    message: `The name server ${JSON.stringify(wrong)} is not an IPv4 address.`,
    hint: 'Write e.g. 9.9.9.9.',
  }
}

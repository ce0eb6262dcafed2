import { type Diagnostic, limitReported, refusedError } from '../model/errors.ts'
import { bridgeNameRule, isBridgeName } from '../model/instance/check-settings.ts'
import { defaultSettings } from '../model/instance/settings.ts'
import { gatewayFault, subnetFault } from '../model/ip/network-faults.ts'
import { isIPv4 } from '../model/ip/text.ts'
import { fullReference } from '../model/kinds/images/reference.ts'
import type { ConfigureParameters, ContainerNewParameters, HeroAction } from './actions.ts'
import type { Fault } from './syntax/cursor.ts'

/** The network of containers whose instance has no settings of its own, as in the original. */
export const defaultNetwork = defaultSettings

/** A fault of the value of one parameter. `key` undefined: of the action. */
type KeyFault = Fault & { readonly key?: string }

/** Checks values that belong together: networks and images. Raises all their errors (refused). Touches nothing. */
export function checkValues(actions: readonly HeroAction[]): void {
  const problems = actions.flatMap((action) => faultsOf(action).map((fault) => located(action, fault)))
  if (problems.length > 0) throw refusedError(limitReported(problems))
}

const located = ({ place, places }: HeroAction, { key, ...fault }: KeyFault): Diagnostic => ({
  ...fault,
  place: (key === undefined ? undefined : places[key]) ?? place,
})

function faultsOf(action: HeroAction): readonly KeyFault[] {
  if (action.action === 'configure') return networkFaults(action.parameters)
  return action.action === 'container_new' ? imageFaults(action.parameters) : []
}

function networkFaults(network: ConfigureParameters): readonly KeyFault[] {
  const {
    bridge_name: bridge,
    subnet = defaultNetwork.subnet,
    gateway_ip: gateway,
    dns_servers: servers = [],
  } = network
  const faults: KeyFault[] = []
  if (bridge !== undefined && !isBridgeName(bridge))
    faults.push({
      code: 'bad-name',
      key: 'bridge_name',
      message: `"${bridge}" is not a name that a bridge of HeroPods can have.`,
      hint: bridgeNameRule,
    })
  const fault = subnetFault(subnet)
  if (fault !== undefined)
    faults.push({ code: 'bad-subnet', key: 'subnet', message: `The subnet ${subnet} ${fault.why}.`, hint: fault.hint })
  const why = gateway === undefined || fault !== undefined ? undefined : gatewayFault(gateway, subnet)
  if (why !== undefined)
    faults.push({
      code: 'bad-gateway',
      key: 'gateway_ip',
      message: `The gateway ${gateway} ${why}.`,
      hint: 'Remove it to use the first address of the subnet.',
    })
  const wrong = servers.find((server) => !isIPv4(server))
  if (wrong !== undefined)
    faults.push({
      code: 'bad-address',
      key: 'dns_servers',
      message: `The name server ${wrong} is not an IPv4 address.`,
      hint: 'Write e.g. `dns_servers:1.1.1.1,9.9.9.9`.',
    })
  return faults
}

function imageFaults(container: ContainerNewParameters): readonly KeyFault[] {
  const { image, custom_image_name: name, docker_url: reference } = container
  if (image !== 'custom') return unusedFaults(container)
  if (name === '' && reference === '')
    return [
      {
        code: 'missing-parameter',
        message: 'An image `custom` needs `docker_url` or `custom_image_name`.',
        hint: 'Add e.g. `docker_url:docker.io/library/alpine:3.20`.',
      },
    ]
  const faults: KeyFault[] = []
  if (name !== '' && !/^(?!x-)[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name))
    faults.push({
      code: 'bad-name',
      key: 'custom_image_name',
      message: `"${name}" is not a valid name of an image.`,
      hint: 'Use letters, digits, - and _, with a letter or digit first, at most 63 characters.',
    })
  if (reference !== '' && fullReference(reference) === undefined)
    faults.push({
      code: 'bad-reference',
      key: 'docker_url',
      message: `"${reference}" is not a reference of an image.`,
      hint: 'Write e.g. `docker.io/library/alpine:3.20`, without a scheme.',
    })
  return faults
}

/** Parameters of a custom image beside a built-in one. The original ignores them. */
function unusedFaults({ image, custom_image_name: name, docker_url: reference }: ContainerNewParameters) {
  const given = [
    ['custom_image_name', name],
    ['docker_url', reference],
  ] as const
  return given
    .filter(([, value]) => value !== '')
    .map(
      ([key]): KeyFault => ({
        code: 'no-effect',
        key,
        message: `\`${key}\` has no effect with the image ${image}.`,
        hint: 'Write `image:custom`, or remove the parameter.',
      }),
    )
}

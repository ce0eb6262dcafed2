import type { ConfigureParameters } from './actions.ts'
import { imageOf } from './image-of.ts'
import type { InstanceAction } from './instances.ts'

/** The effect of an action of a HeroScript, e.g. `start web, and hold it open`. Pure. */
export function actionText({ action, parameters, instance }: InstanceAction): string {
  switch (action) {
    case 'configure':
      return configureText(parameters, instance)
    case 'enable_mycelium':
      return 'enable Mycelium'
    case 'container_new':
      return `declare ${parameters.name} from ${imageOf(parameters)}${parameters.reset ? ', and replace one with other settings' : ''}`
    case 'container_start':
      return `start ${parameters.name}${parameters.keep_alive ? ', and hold it open after its command' : ''}`
    case 'container_exec':
      return `run in ${parameters.name}${parameters.stdout ? '' : ', without output'}: ${parameters.cmd}`
    case 'container_stop':
      return `stop ${parameters.name}`
    case 'container_delete':
      return `delete ${parameters.name}`
  }
}

function configureText(settings: ConfigureParameters, instance: string): string {
  const { reset, use_podman: usePodman, bridge_name, subnet, gateway_ip, dns_servers } = settings
  const network = Object.entries({ bridge_name, subnet, gateway_ip, dns_servers })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${String(value)}`)
  const parts = [
    `open the instance ${instance}`,
    ...(reset ? ['destroy all its objects'] : []),
    ...(usePodman ? [] : ['do not use podman']),
    ...network,
  ]
  return parts.join(', ')
}

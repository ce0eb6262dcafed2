import type { Diagnostic } from '../model/errors.ts'
import { toText } from '../stack/read/write-yaml.ts'
import { stackName } from '../stack/starter/new-stack.ts'
import type { HeroAction } from './actions.ts'
import { defaultNetwork } from './check-values.ts'
import { imageOf } from './image-of.ts'
import { type InstanceAction, withInstances } from './instances.ts'
import { lossesOf } from './losses.ts'

/** The equivalent of a script. */
export interface ImportedScript {
  /** A stack as YAML; one document for each instance. */
  readonly text: string
  /** Actions and parameters without an equivalent, in the order of the script. */
  readonly warnings: readonly Diagnostic[]
}

/** The fields of a stack that a script can set. */
interface Draft {
  network?: Readonly<Record<string, unknown>> | undefined
  readonly containers: Map<string, Readonly<Record<string, unknown>>>
}

/**
 * Converts the checked actions of a script to the stack with the same containers and network settings. Stopped and deleted containers are
 * in it too: a script that cleans up after itself would give an empty stack. `instance`: the instance of actions that name none. Pure.
 */
export function toStack(actions: readonly HeroAction[], instance: string): ImportedScript {
  const all = withInstances(actions, instance)
  const drafts = new Map<string, Draft>()
  for (const action of all) {
    const draft = drafts.get(action.instance) ?? { containers: new Map() }
    drafts.set(action.instance, draft)
    addTo(draft, action)
  }
  const documents = [...drafts].map(([name, draft]) => toText(stackOf(name, draft)))
  return { text: documents.join('---\n'), warnings: lossesOf(all, instance) }
}

function addTo(draft: Draft, action: InstanceAction): void {
  if (action.action === 'configure') draft.network = networkOf(action.parameters)
  if (action.action === 'container_new')
    draft.containers.set(action.parameters.name, { image: imageOf(action.parameters) })
  if (action.action !== 'container_start') return
  const { name, keep_alive: keepAlive } = action.parameters
  const declared = draft.containers.get(name)
  if (declared && keepAlive) draft.containers.set(name, { ...declared, keep_alive: true })
}

/** The network of a stack; undefined: that of the instance, which has the same settings. */
function networkOf(settings: (HeroAction & { readonly action: 'configure' })['parameters']): Draft['network'] {
  const { subnet, gateway_ip: gateway, dns_servers: servers = [] } = settings
  const isDefault =
    (subnet ?? defaultNetwork.subnet) === defaultNetwork.subnet &&
    (gateway ?? defaultNetwork.gateway_ip) === defaultNetwork.gateway_ip &&
    (servers.length === 0 || servers.join() === defaultNetwork.dns_servers.join())
  if (isDefault) return undefined
  return {
    subnet: subnet ?? defaultNetwork.subnet,
    ...(gateway !== undefined && { gateway }),
    ...(servers.length > 0 && { dns: { servers } }),
  }
}

const stackOf = (instance: string, { network, containers }: Draft) => ({
  apiVersion: 'heropods/v1',
  kind: 'Stack',
  metadata: { name: stackName(instance) },
  ...(network && { networks: { default: network } }),
  ...(containers.size > 0 && { containers: Object.fromEntries(containers) }),
})

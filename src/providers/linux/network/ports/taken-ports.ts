import type { Diagnostic } from '../../../../model/errors.ts'
import { PortIndex } from '../../../../model/kinds/port-index.ts'
import type { ReadContext } from '../../../provider.ts'
import { firewallBackend } from '../firewall/backend-registry.ts'
import { type Redirect, redirectsPort } from '../firewall/redirects.ts'
import { otherOwnerOfIp } from '../ipam/other-instances.ts'
import { type Listener, listenerName, readListeners } from './listeners.ts'
import { hostPortText, type Published, pathOf, portTaken } from './published.ts'

/** New published ports on which a process of the host listens, or that other rules redirect. Publishing a port does not reserve it. */
export async function takenPorts(read: ReadContext, added: readonly Published[]): Promise<readonly Diagnostic[]> {
  const [listeners, rules] = await Promise.all([
    added.length > 0 ? readListeners(read) : [],
    firewallBackend.read(read, 'ipv4'),
  ])
  const listening = indexOf(listeners)
  const redirects = rules.redirects(read.paths.id)
  const found = added.map(async (one) => {
    const holder = await holderOf(read, one, listening, redirects)
    return holder === undefined ? [] : [portTaken(one, holder)]
  })
  return (await Promise.all(found)).flat()
}

/** Warnings for existing published ports on which a process of the host listens now. Connections do not reach that process. */
export async function shadowedListeners(
  read: ReadContext,
  published: readonly Published[],
): Promise<readonly Diagnostic[]> {
  const listening = indexOf(published.length > 0 ? await readListeners(read) : [])
  const found = published.map(async (one) => {
    const { value: listener } = listening.clashing(one.port).next()
    return listener ? [shadowed(one, await listenerName(read, listener))] : []
  })
  return (await Promise.all(found)).flat()
}

const shadowed = (one: Published, listener: string): Diagnostic => ({
  code: 'port-shadowed',
  message: `${hostPortText(one)} leads to ${one.member.container}, and ${listener} listens on it too.`,
  hint: 'Publish another port, or stop the other one: all connections reach the container.',
  address: one.member.container,
  path: pathOf(one),
})

function indexOf(listeners: readonly Listener[]): PortIndex<Listener> {
  const index = new PortIndex<Listener>()
  for (const one of listeners) index.add(one, one)
  return index
}

/** The holder of a port, as text; undefined: the port is free. */
async function holderOf(
  read: ReadContext,
  { port }: Published,
  listening: PortIndex<Listener>,
  redirects: readonly Redirect[],
): Promise<string | undefined> {
  const { value: listener } = listening.clashing(port).next()
  if (listener) return listenerName(read, listener)
  const redirect = redirects.find((other) => redirectsPort(other, port))
  if (redirect === undefined) return undefined
  const { target, chain } = redirect
  const owner = target === undefined ? undefined : await otherOwnerOfIp(read, target)
  return owner ? `${target} on ${owner}` : `a rule in the chain ${chain}`
}

/** STACK/KIND/NAME, as in `shop/container/web.2`. NAME may contain slashes, as the reference of an image does. */
export type ResourceAddress = `${string}/${string}/${string}`
export const kinds = ['network', 'image', 'volume', 'container'] as const
export type Kind = (typeof kinds)[number]

export const resourceAddress = (stack: string, kind: Kind, name: string): ResourceAddress => `${stack}/${kind}/${name}`

/** The parts of an address, or of a text that begins with STACK/KIND/. The kind is not checked. */
export function parseResourceAddress(text: string): { stack: string; kind: Kind; name: string } {
  const [stack = '', kind = '', ...rest] = text.split('/')
  return { stack, kind: kind as Kind, name: rest.join('/') }
}

/** The entries of a record whose keys are addresses. `Object.entries` would return the keys as any text. */
export const entriesOf = <T>(
  record: Readonly<Record<ResourceAddress, T>>,
): readonly (readonly [ResourceAddress, T])[] =>
  Object.entries(record).flatMap(([key, value]) => (isResourceAddress(key) ? [[key, value] as const] : []))

/** True if a value is a text of at least three parts, and the second part is a kind. */
export const isResourceAddress = (value: unknown): value is ResourceAddress => {
  const [stack, kind, name] = typeof value === 'string' ? value.split('/') : []
  return stack !== undefined && kinds.some((one) => one === kind) && name !== undefined
}

/** The end of the address of a later slot of a container: see `RunId`. No name in a stack contains `~`. */
const slotEnd = /~(\d+)$/

/** The number in the address of a slot; undefined: it is the address of a container, which is also that of its first slot. */
export function slotNumber(address: ResourceAddress): number | undefined {
  const [, number] = slotEnd.exec(address) ?? []
  return number === undefined ? undefined : Number(number)
}

/** The container that a slot belongs to. */
export function containerOfSlot(address: ResourceAddress): ResourceAddress {
  const { stack, kind, name } = parseResourceAddress(address)
  return resourceAddress(stack, kind, name.replace(slotEnd, ''))
}

/** True if a name from a user means this object: `web` (all replicas), `web.2`, `container/web`, `shop/web` or `shop/container/web`. */
export function isNamed(address: ResourceAddress, given: string): boolean {
  const { stack, kind, name } = parseResourceAddress(address)
  const container = name.replace(slotEnd, '')
  return [name, container, container.replace(/\.\d+$/, '')].some((own) =>
    [own, `${kind}/${own}`, `${stack}/${own}`, `${stack}/${kind}/${own}`].includes(given),
  )
}

/** The container whose network a `network_mode` shares; undefined: it shares none. */
export function sharedContainer(networkMode: string): ResourceAddress | undefined {
  const [, container = ''] = /^container:(.*)$/.exec(networkMode) ?? []
  return isResourceAddress(container) ? container : undefined
}

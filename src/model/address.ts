/** STACK/KIND/NAME, as in `shop/container/web.2`. NAME may itself hold slashes (an image's reference). */
export type Address = `${string}/${string}/${string}`
export const kinds = ['network', 'image', 'volume', 'container'] as const
export type Kind = (typeof kinds)[number]

export const address = (stack: string, kind: Kind, name: string): Address => `${stack}/${kind}/${name}`

/** The parts of an address, or of a text that is made like one. */
export function parseAddress(text: string): { stack: string; kind: Kind; name: string } {
  const [stack = '', kind = '', ...rest] = text.split('/')
  return { stack, kind: kind as Kind, name: rest.join('/') }
}

/** The entries of a record by address: its keys are addresses, which the compiler forgets. */
export const entriesOf = <T>(record: Readonly<Record<Address, T>>): readonly (readonly [Address, T])[] =>
  Object.entries(record).flatMap(([key, value]) => (isAddress(key) ? [[key, value] as const] : []))

/** Three parts, the second of which is a kind. */
export const isAddress = (value: unknown): value is Address => {
  const [stack, kind, name] = typeof value === 'string' ? value.split('/') : []
  return stack !== undefined && kinds.some((one) => one === kind) && name !== undefined
}

/** The end of the address of a slot beside another one of its container: see `RunId`. No name in a stack has a `~`. */
const slotEnd = /~(\d+)$/

/** The number in the address of a slot; undefined: it is the address of a container, and so of its first slot. */
export function slotNumber(at: Address): number | undefined {
  const [, number] = slotEnd.exec(at) ?? []
  return number === undefined ? undefined : Number(number)
}

/** The container that a slot belongs to. */
export function containerOfSlot(at: Address): Address {
  const { stack, kind, name } = parseAddress(at)
  return address(stack, kind, name.replace(slotEnd, ''))
}

/** Whether a user's name means an object: `web` (all replicas), `web.2`, `container/web`, `shop/web` or `shop/container/web`. */
export function isNamed(at: Address, stated: string): boolean {
  const { stack, kind, name } = parseAddress(at)
  const container = name.replace(slotEnd, '')
  return [name, container, container.replace(/\.\d+$/, '')].some((own) =>
    [own, `${kind}/${own}`, `${stack}/${own}`, `${stack}/${kind}/${own}`].includes(stated),
  )
}

/** The container whose network a `network_mode` shares; undefined: none. */
export function sharedContainer(networkMode: string): Address | undefined {
  const [, container = ''] = /^container:(.*)$/.exec(networkMode) ?? []
  return isAddress(container) ? container : undefined
}

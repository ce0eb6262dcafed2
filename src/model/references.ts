import { type Address, isAddress } from './address.ts'

/** Matches the tokens of references in a text. */
export const referencePattern = /\u0001ref:([^#\u0002]+)#([^\u0002]+)\u0002/g

/** The token that stands for another resource's output until it is known. */
export const referenceToken = (address: Address, output: string): string => `\u0001ref:${address}#${output}\u0002`

/** Applies `change` to every string of a JSON-like value; answers the same object where nothing changed. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) {
    const mapped = value.map((part) => mapStrings(part, change))
    return mapped.some((part, index) => part !== value[index]) ? (mapped as T) : value
  }
  if (value === null || typeof value !== 'object') return value
  const parts = value as Readonly<Record<string, unknown>>
  let changed: Record<string, unknown> | undefined
  for (const key of Object.keys(parts)) {
    const mapped = mapStrings(parts[key], change)
    if (mapped === parts[key]) continue
    changed ??= { ...parts }
    changed[key] = mapped
  }
  return (changed ?? value) as T
}

/** Fills in the reference tokens for which `known` has an answer. */
export function fillReferences<T>(value: T, known: (address: Address, output: string) => string | undefined): T {
  return mapStrings(value, (text) =>
    text.includes('\u0001ref:')
      ? text.replace(referencePattern, (whole, address: Address, output: string) => known(address, output) ?? whole)
      : text,
  )
}

/** Addresses that a value's strings refer to. */
export function referencedAddresses(value: unknown): readonly Address[] {
  const found = new Set<Address>()
  mapStrings(value, (text) => {
    for (const [, at = ''] of text.matchAll(referencePattern)) if (isAddress(at)) found.add(at)
    return text
  })
  return [...found]
}

/** Applies `change` to every string of a JSON-like value. Returns the same object if nothing changed. */
export function mapStrings<T>(value: T, change: (text: string) => string): T
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) {
    const mapped = value.map((part) => mapStrings<unknown>(part, change))
    return mapped.some((part, index) => part !== value[index]) ? mapped : value
  }
  if (value === null || typeof value !== 'object') return value
  let changed: Record<string, unknown> | undefined
  for (const [key, part] of Object.entries(value)) {
    const mapped = mapStrings<unknown>(part, change)
    if (mapped === part) continue
    changed ??= { ...value }
    changed[key] = mapped
  }
  return changed ?? value
}

/** Calls `visit` for every string of a JSON-like value, without the keys. */
export function visitStrings(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value)
  else if (Array.isArray(value)) for (const part of value) visitStrings(part, visit)
  else if (value !== null && typeof value === 'object')
    for (const part of Object.values(value)) visitStrings(part, visit)
}

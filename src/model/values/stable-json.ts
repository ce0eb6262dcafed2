import { createHash } from 'node:crypto'

/** JSON with sorted keys and without undefined fields: equal values have equal text. */
export function stableJson(value: unknown, indent?: number): string {
  const sorted = (_key: string, part: unknown): unknown =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part
  return JSON.stringify(value, sorted, indent)
}

/** SHA-256, in hex, of a value's stable JSON. */
export const specHash = (spec: unknown): string => createHash('sha256').update(stableJson(spec)).digest('hex')

/** True if a value is an object with named fields: no array, not null. Its fields are `unknown` until they are checked. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The field of a value of unknown type; undefined if the value is not an object or does not have the field itself. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined

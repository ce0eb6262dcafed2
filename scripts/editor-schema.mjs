// The schema for editors, from the schema of stack files: descriptions with defaults at every use, and `${...}` for values that are not text.

const reference = { type: 'string', pattern: '\\$\\{' }

/** Fields whose values are not interpolated. */
const literal = ['apiVersion', 'kind', 'metadata', 'variables', 'include']

const isObject = (part) => part !== null && typeof part === 'object' && !Array.isArray(part)

/** True if a string with a variable would be refused. */
const refusesText = ({ type, pattern, enum: values, const: only }) =>
  pattern !== undefined ||
  values !== undefined ||
  only !== undefined ||
  (type !== undefined && [type].flat().every((one) => ['integer', 'number', 'boolean', 'null'].includes(one)))

export function editorSchema(schema) {
  const name = (part) => (part.$ref ?? (part.allOf?.length === 1 ? part.allOf[0].$ref : undefined))?.split('/').at(-1)

  /** A use of a definition with both descriptions, because editors show only one of them. */
  const joined = (part) => {
    const definition = schema.definitions[name(part)]
    if (part.description === undefined || definition?.anyOf === undefined) return part
    const { allOf: _, $ref: __, ...own } = part
    const description = [part.description, definition.description].filter(Boolean).join(' ')
    return { ...definition, ...own, description }
  }

  const withDefault = (part) => {
    if (part.default === undefined || part.description === undefined || /Default/.test(part.description)) return part
    return { ...part, description: `${part.description} Default: \`${JSON.stringify(part.default)}\`.` }
  }

  const interpolated = (part) => {
    if (part.anyOf) {
      const scalar = part.anyOf.every((one) => refusesText(one) && !one.properties && !one.items)
      return { ...part, anyOf: scalar ? [...part.anyOf, reference] : part.anyOf.map(convert) }
    }
    if (!refusesText(part)) return part
    const { description, default: standard, examples, deprecated, ...form } = part
    return {
      ...(description && { description }),
      ...(standard !== undefined && { default: standard }),
      ...(examples && { examples }),
      ...(deprecated && { deprecated }),
      anyOf: [form, reference],
    }
  }

  /** A part of the schema for a value. */
  function convert(part) {
    if (!isObject(part)) return part
    const one = withDefault(joined(part))
    const inner = {
      ...one,
      ...(isObject(one.properties) && { properties: mapValues(one.properties, convert) }),
      ...(isObject(one.additionalProperties) && { additionalProperties: convert(one.additionalProperties) }),
      ...(isObject(one.items) && { items: convert(one.items) }),
    }
    return interpolated(inner)
  }

  return {
    ...schema,
    $id: 'https://heropods.dev/schemas/heropods.schema.json',
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([key, part]) => [key, literal.includes(key) ? part : convert(part)]),
    ),
    definitions: mapValues(schema.definitions, (part, key) => (key === 'variable' ? part : convert(part))),
  }
}

const mapValues = (map, change) => Object.fromEntries(Object.entries(map).map(([key, one]) => [key, change(one, key)]))

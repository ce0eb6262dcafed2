// The reference of the stack language as Markdown, from its schema.

const resolve = (schema, part) => {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref
  return reference
    ? { ...schema.definitions[reference.split('/').at(-1)], ...(part.description && { description: part.description }) }
    : part
}

function typeOf(schema, part) {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref
  const name = reference?.split('/').at(-1)
  if (name && ['size', 'duration', 'ipv4'].includes(name)) return name
  const one = resolve(schema, part)
  if (one.const !== undefined) return `\`${one.const}\``
  if (one.enum) return one.enum.map((value) => `\`${value}\``).join(', ')
  if (one.anyOf) return [...new Set(one.anyOf.map((option) => typeOf(schema, option)))].join(' or ')
  if (one.type === 'array') return `list of ${typeOf(schema, one.items ?? {})}`
  if (Array.isArray(one.type)) return one.type.filter((type) => type !== 'null').join(' or ')
  return one.type === 'object' ? 'map' : (one.type ?? 'any')
}

function table(schema, properties, prefix = '') {
  return Object.entries(properties).flatMap(([name, part]) => {
    const one = resolve(schema, part)
    const standard = part.default === undefined ? '' : ` Default: \`${JSON.stringify(part.default)}\`.`
    const text = (one.description ?? '').replaceAll('|', '\\|')
    const row = `| \`${prefix}${name}\` | ${typeOf(schema, part).replaceAll('|', '\\|')} | ${text}${text.includes('Default') ? '' : standard} |`
    const options = [one, ...(one.anyOf ?? [])].map((option) => resolve(schema, option))
    const long =
      options.find((option) => option.properties) ??
      options
        .map((option) => resolve(schema, option.items ?? {}))
        .flatMap((item) => [item, ...(item.anyOf ?? [])])
        .find((option) => option.properties)
    return long && prefix.split('.').length < 3 ? [row, ...table(schema, long.properties, `${prefix}${name}.`)] : [row]
  })
}

/** One section a kind; every field with its type, meaning and default. */
export function renderReference(schema) {
  const section = (title, properties) =>
    `## ${title}\n\n| field | type | meaning |\n|---|---|---|\n${table(schema, properties).join('\n')}\n`
  const kind = (name) => schema.definitions[name].properties
  return [
    '<!-- Generated from schemas/stack.schema.json by `npm run generate`. Do not edit. -->\n',
    '# The stack language\n',
    'Names follow Docker Compose wherever Compose has one. Unknown keys are errors; keys that start with `x-` are allowed everywhere. `heropods explain FIELD` shows the cost of a change.\n',
    section('A stack', schema.properties),
    section('variables', kind('variable')),
    section('networks', kind('network')),
    section('images', kind('image')),
    section('volumes', kind('volume')),
    section('configs and secrets', kind('source')),
    section('containers', kind('container')),
  ].join('\n')
}

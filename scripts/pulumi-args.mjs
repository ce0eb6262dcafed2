// Input types of the Pulumi resources, from the stack language's schema: the same fields in camelCase, each a pulumi.Input.

const camel = (name) => name.replace(/[_-](\w)/g, (_, letter) => letter.toUpperCase())

const definitionOf = (schema, part) => {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref
  return reference ? schema.definitions[reference.split('/').at(-1)] : part
}

function typeOf(schema, part) {
  const one = definitionOf(schema, part)
  if (one.tsType) return one.tsType
  if (one.const !== undefined) return JSON.stringify(one.const)
  if (one.enum) return one.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (one.anyOf) return unique(one.anyOf.map((option) => typeOf(schema, option)))
  if (Array.isArray(one.type)) return unique(one.type.map((type) => typeOf(schema, { ...one, type })))
  if (one.type === 'array') return `pulumi.Input<${typeOf(schema, one.items)}>[]`
  if (one.type === 'object') return objectOf(schema, one)
  return { integer: 'number', null: '' }[one.type] ?? one.type ?? 'unknown'
}

const unique = (types) => [...new Set(types.filter((type) => type !== ''))].join(' | ')

function objectOf(schema, one) {
  if (!one.properties) return `{ [name: string]: pulumi.Input<${typeOf(schema, one.additionalProperties)}> }`
  return `{\n${Object.entries(one.properties)
    .filter(([, part]) => !isLater(part))
    .map(([name, part]) => field(schema, name, part, (one.required ?? []).includes(name)))
    .join('\n')}\n}`
}

const isLater = (part) => /not yet supported\.?$/i.test(part.description ?? '') && !part.enum

const field = (schema, name, part, required) =>
  `${comment(part)}\n${camel(name)}${required ? '' : '?'}: pulumi.Input<${typeOf(schema, part)}>`

function comment(part) {
  const standard = part.default === undefined ? '' : ` @default ${JSON.stringify(part.default)}`
  const text = (part.description ?? '').replaceAll('*/', '* /')
  return `/** ${text}${text.includes('Default') ? '' : standard} */`
}

/** Fields that are other things for a Pulumi program than for a stack file; see src/pulumi/args.ts. */
const own = {
  Network: ['external', 'name'],
  Image: [],
  Volume: [],
  Container: ['image', 'networks', 'network_mode', 'depends_on', 'configs', 'secrets', 'profiles', 'extends', 'deploy'],
}

export function renderPulumiArgs(schema) {
  const kinds = Object.entries(own).map(([kind, left]) => {
    const { properties, description = '' } = schema.definitions[kind.toLowerCase()]
    const fields = Object.entries(properties)
      .filter(([name, part]) => !left.includes(name) && !isLater(part))
      .map(([name, part]) => field(schema, name, part, false))
    return `/** Fields of the stack language for a ${kind.toLowerCase()}. ${description} */\nexport interface ${kind}Fields {\n${fields.join('\n')}\n}\n`
  })
  return `import type * as pulumi from '@pulumi/pulumi'\n\n${kinds.join('\n')}`
}

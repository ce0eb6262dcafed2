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

/** Units of fields that are plain numbers. */
const units = {
  'networks.mtu': 'bytes',
  'containers.cpus': 'CPUs',
  'containers.cpu_period': 'microseconds',
  'containers.cpu_quota': 'microseconds',
  'containers.cpu_shares': 'weight; 1024 is normal',
  'containers.pids_limit': 'processes and threads',
  'containers.ulimits': 'as in setrlimit(2)',
  'containers.healthcheck.retries': 'checks',
  'containers.on_unhealthy.limit': 'restarts',
  'containers.deploy.replicas': 'containers',
  'containers.deploy.restart_policy.max_attempts': 'starts',
  'containers.logging.options.max-file': 'files',
}
const unitsOfTypes = { duration: '`500ms`, `10s`, `1m30s`', size: 'bytes, or `64m`, `2g`' }

/** The version that a field is in for the first time, if its schema does not name it with `since`. */
const firstVersion = '0.1.0'

/** A description without its default, and the default. */
function withoutDefault(part) {
  const description = part.description ?? ''
  const found = /\s*Default:? (.+?)\.(?=\s|$)/.exec(description)
  const own =
    part.default === undefined
      ? ''
      : `\`${typeof part.default === 'string' ? part.default : JSON.stringify(part.default)}\``
  return found && own === ''
    ? { description: description.replace(found[0], ''), standard: found[1] }
    : { description, standard: own }
}

const cell = (text) => String(text).replaceAll('|', '\\|').trim()

/** The first example of a field. */
const exampleOf = ({ examples: [first] = [] }) => (first === undefined ? '' : `E.g. \`${JSON.stringify(first)}\`.`)

function table(reference, properties, prefix = '') {
  const { schema, kind, classes, rows } = reference
  return Object.entries(properties).flatMap(([name, part]) => {
    const one = resolve(schema, part)
    const path = [kind, `${prefix}${name}`].filter(Boolean).join('.')
    const type = typeOf(schema, part)
    const { description, standard } = withoutDefault({ ...one, default: part.default })
    const unit = units[path] ?? unitsOfTypes[type] ?? ''
    rows.add(path)
    const cells = [
      `\`${prefix}${name}\``,
      type,
      standard,
      unit,
      classes.get(path) ?? '',
      [description, exampleOf(part)].filter(Boolean).join(' '),
      part.since ?? firstVersion,
    ]
    const row = `| ${cells.map(cell).join(' | ')} |`
    const options = [one, ...(one.anyOf ?? [])].map((option) => resolve(schema, option))
    const long =
      options.find((option) => option.properties) ??
      options
        .map((option) => resolve(schema, option.items ?? {}))
        .flatMap((item) => [item, ...(item.anyOf ?? [])])
        .find((option) => option.properties)
    return long && prefix.split('.').length < 3
      ? [row, ...table(reference, long.properties, `${prefix}${name}.`)]
      : [row]
  })
}

const head = '| field | type | default | unit | class | meaning | since |\n|---|---|---|---|---|---|---|\n'

/**
 * One section a kind; every field with its type, default, unit, class, meaning and the first version that has it. `classes`: the class of
 * each field, by its path.
 */
export function renderReference(schema, classes) {
  const rows = new Set()
  const section = (title, kind, properties) =>
    `## ${title}\n\n${head}${table({ schema, kind, classes, rows }, properties).join('\n')}\n`
  const definition = (name) => schema.definitions[name].properties
  const text = [
    '<!-- Generated from schemas/stack.schema.json by `npm run generate`. Do not edit. -->\n',
    '# The stack language\n',
    'Names follow Docker Compose wherever Compose has one. Unknown keys are errors; keys that start with `x-` are allowed everywhere.\n',
    'The class is the cost of a change: `live` does not touch the process, `recreate` starts a new process at the same address, `replace` is planned together with the dependants. A field without a class has no object of its own; `heropods explain FIELD` describes the effect of a change.\n',
    'Sections: [a stack](#a-stack), [variables](#variables), [networks](#networks), [images](#images), [volumes](#volumes), [configs and secrets](#configs-and-secrets), [containers](#containers).\n',
    section('A stack', '', schema.properties),
    section('variables', 'variables', definition('variable')),
    section('networks', 'networks', definition('network')),
    section('images', 'images', definition('image')),
    section('volumes', 'volumes', definition('volume')),
    section('configs and secrets', 'configs', definition('source')),
    section('containers', 'containers', definition('container')),
  ].join('\n')
  const unknown = Object.keys(units).filter((path) => !rows.has(path))
  if (unknown.length > 0)
    throw new Error(`scripts/reference.mjs has units of fields that the schema does not have: ${unknown.join(', ')}`)
  return text
}

import { volumeTypes } from '../../model/kinds/volume.ts'
import { loadSchema } from '../check/schema-parts.ts'
import { keyOf } from '../read/position.ts'
import { Document, isMap, isScalar, isSeq, parseAllDocuments, visit, type YAMLMap } from '../read/yaml.ts'
import { type ComposeVariable, declarations, variableNotes, withBraces } from './compose-variables.ts'
import { schemaLine, stackName } from './new-stack.ts'

export interface Converted {
  readonly text: string
  /** Each difference: `PATH: what was done, and why`. */
  readonly notes: readonly string[]
}

/** Kinds of objects of a Compose file, and the definition of their fields. */
const kinds = { services: 'container', networks: 'network', volumes: 'volume', configs: 'source', secrets: 'source' }

const reasons: Readonly<Record<string, string>> = {
  container_name: 'the name of a container is its key',
  build: 'a stack builds no images; build it with `heropods image build` and name the result in `image`',
  links: 'containers on one network find each other by name',
  version: 'the version is `apiVersion`',
  ipam: 'the subnet and the gateway are fields of the network',
  update_config: 'replicas are replaced at the same time',
  rollback_config: 'the stack has no such setting',
}

/** Fields of `deploy` that the schema has and a stack refuses. */
const unsupported = ['update_config', 'rollback_config']

/**
 * Converts a Compose file. Comments, anchors and the order of fields stay. Keys without a counterpart are removed, with a note each.
 * The stack has the given name, or else that of the Compose file, or else that of the folder. `values`: the variables of the `.env` file.
 * Throws an Error if the text has no services.
 */
export async function fromCompose(
  text: string,
  names: { readonly given?: string | undefined; readonly folder: string },
  values: Readonly<Record<string, string>>,
): Promise<Converted> {
  const [document] = parseAllDocuments(text, { version: '1.2', merge: true })
  const root = document?.contents
  if (!(document instanceof Document) || !isMap(root) || !isMap(root.get('services')))
    throw new Error('it has no map `services`')
  const conversion = new Conversion(await loadSchema())
  const name = conversion.name(root, names)
  conversion.topLevel(root)
  const found = new Map<string, ComposeVariable>()
  interpolated(document, found)
  const head = { apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name } }
  const variables = found.size > 0 ? { variables: declarations(found, values) } : {}
  const header = new Document({ ...head, ...variables }).toString({ lineWidth: 0 })
  const notes = [...conversion.notes, ...variableNotes(found, values)]
  return { text: `${schemaLine}${header}\n${document.toString({ lineWidth: 0 })}`, notes }
}

/** Writes `$NAME` as `${NAME}` in all values, and collects the variables. */
function interpolated(document: Document, found: Map<string, ComposeVariable>): void {
  visit(document, {
    Scalar: (position, node) => {
      if (position !== 'key' && typeof node.value === 'string') node.value = withBraces(node.value, found)
    },
  })
}

class Conversion {
  readonly notes: string[] = []

  constructor(private readonly schema: Readonly<Record<string, unknown>>) {}

  /** Takes `name` out of the file, and returns the name of the stack. */
  name(root: YAMLMap, { given, folder }: { readonly given?: string | undefined; readonly folder: string }): string {
    const composed = root.get('name')
    if (composed === undefined) return given ?? folder
    root.delete('name')
    const isPlain = typeof composed === 'string' && !composed.includes('$')
    const name = given ?? (isPlain ? stackName(composed) : folder)
    this.notes.push(`name: it is \`metadata: { name: ${name} }\` now.`)
    return name
  }

  topLevel(root: YAMLMap): void {
    for (const key of keysOf(root)) if (!(key in kinds) && !free(key)) this.remove(root, key, key)
    for (const [kind, definition] of Object.entries(kinds)) {
      const objects = root.get(kind)
      if (isMap(objects)) this.objects(objects, kind, this.fieldsOf(definition))
    }
  }

  private fieldsOf(definition: string): ReadonlySet<string> {
    return new Set(Object.keys(valueAt(this.schema, 'definitions', definition, 'properties')))
  }

  private objects(objects: YAMLMap, kind: string, fields: ReadonlySet<string>): void {
    for (const name of keysOf(objects)) {
      const one = objects.get(name)
      if (!isMap(one)) continue
      if (kind === 'networks') this.network(one, name)
      if (kind === 'volumes') this.volume(one, `volumes.${name}`)
      if (kind === 'services' && one.has('scale')) this.scale(one, name)
      for (const key of keysOf(one))
        if (!fields.has(key) && !free(key) && key !== '<<') this.remove(one, key, `${kind}.${name}.${key}`)
      if (kind === 'services') this.service(one, name)
    }
  }

  private remove(map: YAMLMap, key: string, path: string): void {
    map.delete(key)
    this.notes.push(`${path}: removed, ${reasons[key] ?? 'it is not supported'}.`)
  }

  private deploy(deploy: YAMLMap, service: YAMLMap, path: string): void {
    const fields = Object.keys(valueAt(this.schema, 'definitions', 'container', 'properties', 'deploy', 'properties'))
    for (const key of keysOf(deploy))
      if ((!fields.includes(key) || unsupported.includes(key)) && !free(key) && key !== '<<')
        this.remove(deploy, key, `${path}.${key}`)
    if (deploy.items.length === 0) service.delete('deploy')
  }

  /** Moves the subnet and the gateway of `ipam` to the network. */
  private network(network: YAMLMap, name: string): void {
    const config = network.getIn(['ipam', 'config', 0])
    if (!isMap(config)) return
    for (const field of ['subnet', 'gateway']) if (config.has(field)) network.set(field, config.get(field))
    network.delete('ipam')
    this.notes.push(`networks.${name}.ipam: its subnet and gateway are fields of the network now.`)
  }

  /** Other drivers, and other file systems such as `bind`, are not supported. */
  private volume(volume: YAMLMap, path: string): void {
    const isLocal = (volume.get('driver') ?? 'local') === 'local'
    const type = volume.getIn(['driver_opts', 'type'])
    const isKnown = volumeTypes.some((one) => one === type)
    if (!isLocal) this.remove(volume, 'driver', `${path}.driver`)
    if (volume.has('driver_opts') && !(isLocal && isKnown)) this.remove(volume, 'driver_opts', `${path}.driver_opts`)
  }

  private scale(service: YAMLMap, name: string): void {
    service.setIn(['deploy', 'replicas'], service.get('scale'))
    service.delete('scale')
    this.notes.push(`services.${name}.scale: it is \`deploy: { replicas: ... }\` now.`)
  }

  private service(service: YAMLMap, name: string): void {
    const deploy = service.get('deploy')
    if (isMap(deploy)) this.deploy(deploy, service, `services.${name}.deploy`)
    const ports = service.get('ports')
    if (isSeq(ports) && ports.items.some(isLocalPort))
      this.notes.push(
        `services.${name}.ports: published on 127.0.0.1 only, unless the port has an address. For all addresses write \`${publicPort(ports.items.find(isLocalPort))}\`.`,
      )
    for (const variable of environment(service))
      this.notes.push(`services.${name}.environment: ${variable} is \`\${${variable}}\` now, the value of a variable.`)
    visit(service, {
      Pair: (_, { key, value }) => {
        // YAML 1.2 reads 0755 as a number, and Compose as an octal one.
        if (isScalar(key) && key.value === 'mode' && isScalar(value) && typeof value.value === 'number') {
          value.value = value.source ?? String(value.value)
          value.type = 'QUOTE_DOUBLE'
          this.notes.push(
            `services.${name}: \`mode: ${value.value}\` is \`mode: "${value.value}"\` now, because YAML 1.2 reads a number as decimal.`,
          )
        }
      },
    })
  }
}

/** True for a port that Compose publishes on all addresses. */
const isLocalPort = (port: unknown): boolean =>
  isMap(port) ? !port.has('host_ip') : isScalar(port) && !/\..*:|\]:/.test(String(port.value))

/** The port, published on all addresses. */
function publicPort(port: unknown): string {
  if (isMap(port))
    return `{ ${['published', 'target'].map((key) => `${key}: ${port.get(key)}`).join(', ')}, public: true }`
  const [ports = '', protocol] = String(isScalar(port) ? port.value : '').split('/')
  const [published = '', target = published] = ports.split(':')
  return `{ published: ${published}, target: ${target}${protocol === undefined ? '' : `, protocol: ${protocol}`}, public: true }`
}

/** Gives names without a value that of a variable, which is read from the environment of the caller. Returns these names. */
function environment(service: YAMLMap): readonly string[] {
  const declared = service.get('environment')
  const changed: string[] = []
  if (isSeq(declared))
    for (const item of declared.items)
      if (isScalar(item) && typeof item.value === 'string' && !item.value.includes('=')) {
        changed.push(item.value)
        item.value = `${item.value}=\${${item.value}}`
      }
  if (isMap(declared))
    for (const key of keysOf(declared))
      if ((declared.get(key) ?? null) === null) {
        changed.push(key)
        declared.set(key, `\${${key}}`)
      }
  return changed
}

const free = (key: string): boolean => key.startsWith('x-')

const keysOf = (map: YAMLMap): readonly string[] => map.items.flatMap(({ key }) => (isScalar(key) ? [keyOf(key)] : []))

const valueAt = (node: unknown, ...path: readonly string[]): object =>
  path.reduce<object>((found, part) => {
    const next: unknown = Object.entries(found).find(([key]) => key === part)?.[1]
    return typeof next === 'object' && next !== null ? next : {}
  }, Object(node))

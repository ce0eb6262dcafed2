import stackSchema from '../../../../schemas/stack.schema.json' with { type: 'json' }
import type { ChangeClass } from '../../../model/change.ts'
import { containerClasses } from '../../../model/kinds/classes/container-change-classes.ts'
import { networkClasses } from '../../../model/kinds/classes/network-change-classes.ts'
import { ownValue } from '../../../model/values/own-value.ts'

/** A field of the stack language. Names that users choose are left out: `containers.healthcheck.interval` is the field of any container. */
export interface LanguageField {
  readonly field: string
  /** null: no object on the host has this field. */
  readonly class: ChangeClass | null
  readonly description: string
  /** The effect of a change. */
  readonly change: string
}

const meanings: Readonly<Record<ChangeClass, string>> = {
  live: 'process untouched',
  recreate: 'new process, same namespace, address and MAC',
  replace: 'planned together with its dependants',
}

const isClass = (text: string): text is ChangeClass => Object.hasOwn(meanings, text)

const unread = 'nothing on the host'
const imported = 'the imported fields change, each at its own cost'

/** Change class or effect of the fields that are not canonical fields of a container or a network, and of the fields below them. */
const costs: Readonly<Record<string, string>> = {
  apiVersion: 'only one value is valid',
  kind: '`Overlay` makes the document a patch for the stack of the same name',
  'metadata.name': 'this is another stack: the objects of the old one stay until `heropods destroy`',
  'metadata.labels': unread,
  include: imported,
  reconcile: '`heropods watch` uses it from its next reconcile; nothing on the host',
  variables: 'every field that refers to the variable changes, at its own cost',
  'variables.description': unread,
  images: 'live',
  'images.ref': 'recreate',
  'images.builtin': 'recreate',
  'images.archive': 'recreate',
  'images.platform': 'recreate',
  volumes: 'live',
  configs: 'recreate',
  'configs.labels': unread,
  secrets: 'recreate',
  'secrets.labels': unread,
  'networks.external': 'recreate',
  'networks.name': 'recreate',
  'containers.env_file': 'recreate',
  'containers.extends': imported,
  'containers.profiles': 'with an active profile the container is created; without one it is left as it is',
  'containers.pull_policy': 'live',
  'containers.platform': 'recreate',
  'containers.volumes': 'recreate',
  'containers.tmpfs': 'recreate',
  'containers.configs': 'recreate',
  'containers.secrets': 'recreate',
  'containers.security_opt': 'recreate',
  'containers.cpus': 'live',
  'containers.deploy': 'live',
  'containers.deploy.replicas': 'replicas are created or removed; the others are left as they are',
  'containers.networks.aliases': 'live',
}

/** Descriptions of fields that are not supported. */
const refused = /^(Refused|Not yet supported|Mycelium; not yet)/

function costOf(field: string): string | undefined {
  const [kind, name = ''] = field.split('.')
  const canonical =
    kind === 'containers'
      ? ownValue(containerClasses, name)
      : kind === 'networks'
        ? ownValue(networkClasses, name)
        : undefined
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const cost = ownValue(costs, path)
    if (cost !== undefined) return cost
    if (path.split('.').length === 2 && canonical !== undefined) return canonical
  }
  return undefined
}

interface Schema {
  readonly type?: unknown
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

const root: Schema & { readonly definitions: Readonly<Record<string, Schema>> } = stackSchema

function resolved(part: Schema): Schema {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref
  const definition = reference === undefined ? undefined : ownValue(root.definitions, reference.split('/').at(-1) ?? '')
  return definition === undefined ? part : { ...resolved(definition), ...part }
}

/** All fields of the language, each before the fields below it. */
export function languageFields(): readonly LanguageField[] {
  const found = new Map<string, LanguageField>()
  const visit = (part: Schema, path: readonly string[]): void => {
    const one = resolved(part)
    for (const [name, below] of Object.entries(one.properties ?? {})) {
      const field = [...path, name].join('.')
      if (!found.has(field) && field !== 'services') found.set(field, described(field, resolved(below)))
      if (field !== 'services') visit(below, [...path, name])
    }
    // A name that the user chooses is not part of a field's path.
    if (typeof one.additionalProperties === 'object') visit(one.additionalProperties, path)
    if (one.items) visit(one.items, path)
    for (const form of one.anyOf ?? []) visit(form, path)
  }
  visit(root, [])
  return [...found.values()]
}

function described(field: string, { description = '', default: standard, examples = [] }: Schema): LanguageField {
  const text = standard === undefined || description.includes('Default') ? '' : ` Default: ${JSON.stringify(standard)}.`
  const [example] = examples
  const sample = example === undefined ? '' : ` E.g. ${JSON.stringify(example)}.`
  const cost = refused.test(description) ? 'it is refused' : (costOf(field) ?? 'see the fields below it')
  return {
    field,
    class: isClass(cost) ? cost : null,
    description: `${description}${text}${sample}`,
    change: isClass(cost) ? meanings[cost] : cost,
  }
}

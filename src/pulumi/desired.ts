import { join } from 'node:path'
import type { Resource } from '../model/desired.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import { defaultNetwork } from '../model/kinds/network.ts'
import { ownImage, withOwner } from '../model/ownership.ts'
import {
  isResourceAddress,
  type Kind,
  parseResourceAddress,
  type ResourceAddress,
  resourceAddress,
} from '../model/resource-address.ts'
import type { SensitiveValues } from '../model/sensitive.ts'
import { isSensitive } from '../model/tokens.ts'
import { type Content, contentToken, readableText, textContent } from '../model/values/content.ts'
import { reportForbidden } from '../stack/check/forbidden.ts'
import { checkNoEffect } from '../stack/check/no-effect.ts'
import { type Problem, Problems } from '../stack/check/problem.ts'
import { reportUnsupportedFields } from '../stack/check/unsupported-fields.ts'
import { validPart } from '../stack/check/valid-part.ts'
import { stackFileOf, validateDocument } from '../stack/check/validate.ts'
import { type Context, keyValues } from '../stack/normalise/context.ts'
import { normaliseStack } from '../stack/normalise/stack.ts'
import { withAbsolutePaths } from '../stack/read/paths.ts'
import { readContent } from '../stack/read/read-file.ts'
import { toStated } from './naming.ts'
import { inProgramWords } from './program-words.ts'

/** Inputs of a resource as the provider receives them: plain data, in camelCase. */
export type Inputs = Readonly<Record<string, unknown>>

export interface Built {
  /** The resource, and the resources that belong to it: the own image of a container, the default network of the instance. */
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

export interface BuildTools {
  readonly instanceId: string
  readonly sensitive: SensitiveValues
  /** The folder of the program. Relative paths are relative to it. */
  readonly cwd: string
}

type Data = Record<string, unknown>

/** Inputs of the resource that are not fields of the stack language. */
const ownInputs = ['__provider', 'resourceName', 'name', 'address', 'owner', 'adopt', 'sensitive', 'deleteData']

/** The canonical resources of inputs, by the schema and rules of stack files. Pure, except for the files that it reads. */
export async function build(kind: Kind, address: ResourceAddress, inputs: Inputs, tools: BuildTools): Promise<Built> {
  const { stack, name } = parseResourceAddress(address)
  // A replica that was taken over from a stack file keeps its name.
  const [, key = name, replica] = /^(.+)\.(\d+)$/.exec(name) ?? []
  const fields = Object.fromEntries(Object.entries(inputs).filter(([field]) => !ownInputs.includes(field)))
  const links = kind === 'container' ? new Links(stack, fields) : undefined
  const declared = {
    ...toStated(kind, links?.fields ?? fields),
    ...(replica && { deploy: { replicas: Number(replica) } }),
  }
  const problems = new Problems()
  const document = { ...head, [`${kind}s`]: { [key]: declared }, ...links?.stubs }
  const checked = await validPartOf(document, problems)
  const resources: Resource[] = []
  if (checked !== undefined) {
    const data = stackFileOf(withAbsolutePaths(checked, join(tools.cwd, 'program')))
    const context: Context = {
      stack,
      data,
      problems,
      sensitive: tools.sensitive,
      readFile: readContent,
      variable: () => {
        throw new Error('a program has variables of its own')
      },
    }
    reportUnsupportedFields(data, problems)
    checkNoEffect(data, problems)
    const all = normaliseStack(context, tools.instanceId, []).resources
    // A part of an invalid document is only checked.
    const found = checked === document ? all.get(address) : undefined
    if (found?.kind === 'container') resources.push(...withNeeds(found, links as Links, all, inputs, tools.sensitive))
    else if (found) resources.push(found)
  }
  return {
    resources: resources.map((one) => withOwner(one, String(inputs.owner))),
    problems: problems.all.map((one) => ({
      ...one,
      message: inProgramWords(one.message, one.location.path),
      ...(one.hint !== undefined && { hint: inProgramWords(one.hint, one.location.path) }),
    })),
  }
}

const head = { apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name: 'program' } }

/** The document without its invalid fields, so that one preview reports the problems of the other fields too. Adds the problems. */
async function validPartOf(document: Data, problems: Problems): Promise<Data | undefined> {
  reportForbidden(document, problems)
  if (problems.any) return undefined
  if (await validateDocument(document, problems)) return document
  const part = await validPart(document)
  problems.suppress(part?.suppressed ?? [])
  return part?.data
}

/** The references of a container. Stubs replace them during the checks, and the references are inserted afterwards. */
class Links {
  readonly fields: Data
  readonly stubs: Data
  private readonly networks: readonly ResourceAddress[]
  private readonly volumes = new Map<string, ResourceAddress>()
  private readonly shared: ResourceAddress | undefined
  private readonly dependencies: ContainerSpec['depends_on']
  readonly image: ResourceAddress | undefined

  constructor(
    private readonly stack: string,
    inputs: Inputs,
  ) {
    const { image, networks, networkMode, dependsOn, volumes, configs, secrets, ...rest } = inputs
    const attachments = (networks ?? []) as readonly { network: string; aliases?: string[]; ipv4Address?: string }[]
    this.networks = attachments.map((one) => this.to('network', one.network))
    this.image = (image as { resource?: ResourceAddress } | undefined)?.resource
    this.shared = (networkMode as { container?: ResourceAddress } | undefined)?.container
    this.dependencies = ((dependsOn ?? []) as readonly { container: string; condition?: string }[]).map((one) => ({
      container: this.to('container', one.container),
      condition: (one.condition ?? 'service_started') as ContainerSpec['depends_on'][number]['condition'],
    }))
    const files = { config: sources(configs), secret: sources(secrets) }
    this.fields = {
      ...rest,
      image: this.image === undefined ? image : 'busybox',
      ...(networks !== undefined && {
        networks: Object.fromEntries(attachments.map(({ network: _, ...one }, index) => [`n${index}`, one])),
      }),
      ...(networkMode !== undefined && { networkMode: this.shared === undefined ? networkMode : 'none' }),
      ...(Array.isArray(volumes) && { volumes: volumes.map((mount) => this.mount(mount)) }),
      ...(configs !== undefined && { configs: files.config.uses }),
      ...(secrets !== undefined && { secrets: files.secret.uses }),
    }
    this.stubs = {
      networks: Object.fromEntries(attachments.map((_, index) => [`n${index}`, { external: true, name: 'a/b' }])),
      volumes: Object.fromEntries([...this.volumes.keys()].map((key) => [key, {}])),
      configs: files.config.sources,
      secrets: files.secret.sources,
    }
  }

  /** The address itself, or the address of the object with this name in the program. */
  private to(kind: Kind, declared: string): ResourceAddress {
    return isResourceAddress(declared) && parseResourceAddress(declared).kind === kind
      ? declared
      : resourceAddress(this.stack, kind, String(declared))
  }

  /** A mount, with a stub for its named volume. */
  private mount(declared: unknown): unknown {
    const stub = (name: string): string => {
      const key = `v${this.volumes.size}`
      this.volumes.set(key, this.to('volume', name))
      return key
    }
    if (typeof declared !== 'string') {
      const { type, source } = declared as { type?: string; source?: string }
      return type === 'volume' && source !== undefined ? { ...(declared as object), source: stub(source) } : declared
    }
    const [first = '', ...rest] = declared.split(':')
    return rest.length > 0 && !/^[./~]/.test(first) ? [stub(first), ...rest].join(':') : declared
  }

  /** Replaces the stubs of a container by the references. Pure. */
  applied(spec: ContainerSpec): ContainerSpec {
    const volume = (address: ResourceAddress): ResourceAddress =>
      this.volumes.get(parseResourceAddress(address).name) ?? address
    return {
      ...spec,
      networks: spec.networks.map((one, index) => ({ ...one, network: this.networks[index] ?? one.network })),
      mounts: spec.mounts.map((mount) =>
        mount.type === 'volume' ? { ...mount, volume: volume(mount.volume) } : mount,
      ),
      ...(this.shared !== undefined && { network_mode: `container:${this.shared}` as const }),
      ...(this.image !== undefined && { image: this.image }),
      depends_on: this.dependencies,
    }
  }
}

/** Configs or secrets of a program. A stack file declares them in two places, a program in one. */
function sources(declared: unknown): { readonly uses: readonly Data[]; readonly sources: Data } {
  const files = ((declared ?? []) as readonly Data[]).map((one) => ({ ...one, name: String(one.name ?? '') }))
  return {
    uses: files.map(({ name, file: _, content: __, ...use }: Data) => ({ ...use, source: name })),
    sources: Object.fromEntries(
      files.map(({ name, file, content }: Data) => [
        name,
        { ...(file !== undefined && { file }), ...(content !== undefined && { content }) },
      ]),
    ),
  }
}

/** A container with the resources that belong to it: its own image, and the default network if it uses it. */
function withNeeds(
  found: Resource & { kind: 'container' },
  links: Links,
  all: ReadonlyMap<ResourceAddress, Resource>,
  inputs: Inputs,
  sensitive: SensitiveValues,
): readonly Resource[] {
  const spec = concealed(links.applied(found.spec), inputs, sensitive)
  const network = all.get(defaultNetwork)
  const joined = network && spec.networks.some((one) => one.network === defaultNetwork) ? [network] : []
  const declared = all.get(found.spec.image)
  if (links.image !== undefined || declared?.kind !== 'image') return [{ ...found, spec }, ...joined]
  const address = ownImage(found.address, parseResourceAddress(declared.address).name)
  return [{ ...found, spec: { ...spec, image: address } }, { ...declared, address }, ...joined]
}

/** Secrets of Pulumi are sensitive values: tokens in records and plans; only memory and the bundle contain the values. */
function concealed(spec: ContainerSpec, inputs: Inputs, sensitive: SensitiveValues): ContainerSpec {
  const secret = new Set((inputs.sensitive ?? []) as readonly string[])
  const redact = (text: string): string => (isSensitive(text) ? text : sensitive.redact(text))
  const words = (list: readonly string[] | undefined, field: string) => (secret.has(field) ? list?.map(redact) : list)
  const declared = keyValues(inputs.environment as Data | undefined)
  const [command, entrypoint] = [words(spec.command, 'command'), words(spec.entrypoint, 'entrypoint')]
  return {
    ...spec,
    environment: Object.fromEntries(
      Object.entries(spec.environment).map(([name, value]) => [
        name,
        Object.hasOwn(declared, name) && (secret.has('environment') || secret.has(`environment.${name}`))
          ? redact(value)
          : value,
      ]),
    ),
    ...(command && { command }),
    ...(entrypoint && { entrypoint }),
    files: spec.files.map((file) =>
      secret.has(`${file.kind}s`) ? { ...file, content: redactedContent(file.content, redact) } : file,
    ),
  }
}

function redactedContent(content: Content, redact: (text: string) => string): Content {
  const text = readableText(content)
  return text === undefined ? contentToken(content) : textContent(redact(text))
}

import { randomBytes } from 'node:crypto'
import type { Container as ContainerFields } from '../../generated/stack-file.ts'
import type { Desired, Resource } from '../../model/desired.ts'
import { refusedError } from '../../model/errors.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import type { Observation } from '../../model/observation.ts'
import { oneOffAddress, oneOffOwner, removalLabels } from '../../model/one-off/one-off.ts'
import { withOwner } from '../../model/ownership.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { referencedAddresses } from '../../model/tokens.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { type BuildContext, type Built, buildResources, ofContainer, withOwnImage } from '../objects/build-resources.ts'
import { requireName } from '../objects/library-stack.ts'
import { derivedSpec } from './derive.ts'
import { containerOfStacks, type FoundContainer, findContainer, similarContainer } from './find.ts'
import { type RunNetworks, runNetworks } from './networks.ts'

type Observations = ReadonlyMap<ResourceAddress, Observation>

/** The fields of a container in a stack file. */
export type RunFields = ContainerFields

/** A one-off run, in the words of stack files. */
export interface RunRequest {
  /** STACK/NAME or NAME of a container, a built-in image, or the reference of an image. */
  readonly target: string
  /** What `target` means. Default: a container if there is one of this name, else an image. */
  readonly kind?: 'container' | 'image'
  /** The stacks with the container that `target` means. Default: the records of what was applied. */
  readonly stacks?: (engine: Engine) => Promise<Desired>
  /** Default: the name of the target and six random digits. */
  readonly name?: string
  /** The fields of the container, without its image. */
  readonly fields: ContainerFields
  /** Networks of stacks, `none`, `host`, `container:NAME`. Default: those of the container, or the default network of the instance. */
  readonly networks: readonly string[]
  /** Publish the ports of the container as well. */
  readonly servicePorts: boolean
  /** Remove the container when it has ended: by the process that waits for it, or else after its exit. */
  readonly removal?: { readonly waiter?: { readonly pid: number; readonly startTime: number } }
}

/** A one-off container that can be created. */
export interface BuiltRun extends Built {
  readonly address: ResourceAddress
  /** The container whose configuration it has; undefined: it is of an image. */
  readonly from: ResourceAddress | undefined
  /** STACK/NAME of a container whose name is similar to that of the image. */
  readonly similar?: string
}

/**
 * Builds a one-off container. Raises the problems of its fields, `invalid`, `already-exists`, and as `findContainer` and `runNetworks` (all
 * refused).
 */
export async function buildRun(engine: Engine, cwd: string, request: RunRequest): Promise<BuiltRun> {
  const { observations } = await engine.observe()
  const found = await findTarget(engine, request)
  if (found === undefined && request.kind === 'container')
    throw refusedError({
      code: 'unknown-container',
      message: `There is no container ${JSON.stringify(request.target)}.`,
      hint: '`heropods ps` lists the containers.',
    })
  const name = requireName('container', request.name ?? defaultName(found?.container.spec.service ?? request.target))
  const address = oneOffAddress(name)
  if (observations.has(address))
    throw refusedError({
      code: 'already-exists',
      message: `There is a one-off container ${name} already.`,
      hint: `\`heropods rm --force ${name}\` removes it.`,
    })
  const networks = runNetworks(request.networks, observations)
  const context = { cwd, instanceId: engine.paths.id, key: engine.key }
  const own = await buildOwn(context, name, found ? 'busybox' : request.target, request, networks)
  const built = found ? derived(own, address, found, request, networks) : own
  if (request.stacks !== undefined) requireUsedObjects(built, request.target, observations)
  const isGuess = found === undefined && request.kind === undefined
  const similar = isGuess ? similarContainer((await engine.history()).document, request.target) : undefined
  return {
    ...withLabels(built, address, request),
    ...{ address, from: found?.container.address },
    ...(similar !== undefined && { similar }),
  }
}

async function findTarget(engine: Engine, { stacks, kind, target }: RunRequest): Promise<FoundContainer | undefined> {
  if (stacks !== undefined) return containerOfStacks(await stacks(engine), target)
  return kind === 'image' ? undefined : findContainer(engine, target)
}

/** A container of files can use objects of its stack only after these were applied. Raises `unknown-object` (refused). */
function requireUsedObjects({ resources }: Built, target: string, observations: Observations): void {
  const made = new Set<string>(resources.map(({ address }) => address))
  const used = resources.flatMap(({ kind, spec }) => (kind === 'container' ? usedObjects(spec) : []))
  const missing = [...new Set(used)].filter((one) => !observations.has(one) && !made.has(one)).sort()
  if (missing.length === 0) return
  throw refusedError({
    code: 'unknown-object',
    message: `${target} uses ${missing.join(', ')}, which ${missing.length === 1 ? 'does' : 'do'} not exist.`,
    hint: 'Apply the stack first. Another network can be named for the run, e.g. `bridge`.',
  })
}

const usedObjects = (spec: ContainerSpec): readonly ResourceAddress[] => [
  ...spec.networks.map(({ network }) => network),
  ...spec.mounts.flatMap((one) => (one.type === 'volume' ? [one.volume] : [])),
  ...referencedAddresses(spec),
]

/** The container as the run alone describes it. */
async function buildOwn(
  context: BuildContext,
  name: string,
  image: string,
  { fields }: RunRequest,
  { fields: networkFields, networks, mode }: RunNetworks,
): Promise<Built> {
  const container = { ...fields, ...networkFields, image }
  const volumes = Object.fromEntries(namedVolumes(fields).map((volume) => [volume, {}]))
  const built = await buildResources(context, oneOffOwner, { networks, volumes, containers: { [name]: container } })
  const own = ofContainer(built, oneOffAddress(name), { owner: oneOffOwner, ownsImage: true })
  if (mode === undefined) return own
  const resources = own.resources.map((one) =>
    one.kind === 'container' ? { ...one, spec: { ...one.spec, network_mode: mode } } : one,
  )
  return { ...own, resources }
}

/** The container with the configuration of another one, and the image of that one with its digest. */
function derived(
  own: Built,
  address: ResourceAddress,
  found: FoundContainer,
  { fields, servicePorts }: RunRequest,
  networks: RunNetworks,
): Built {
  const shadow = own.resources.find((one) => one.address === address)
  if (shadow?.kind !== 'container') throw new Error(`there is no container ${address}`)
  const given = { fields: { ...fields, ...networks.fields }, spec: shadow.spec }
  const spec = derivedSpec(found.container.spec, given, { servicePorts })
  const image = { ...found.image, spec: { ...found.image.spec, pull_policy: 'missing' as const } }
  const pair = withOwnImage({ ...shadow, spec: { ...spec, image: image.address } }, image)
  const others = own.resources.filter(
    (one) =>
      (one.kind === 'network' && spec.networks.some(({ network }) => network === one.address)) || one.kind === 'volume',
  )
  return {
    resources: [...pair.map((one) => withOwner(one, oneOffOwner)), ...others],
    secretValues: new Map([...found.secretValues, ...own.secretValues]),
  }
}

function withLabels(built: Built, address: ResourceAddress, { removal }: RunRequest): Built {
  if (removal === undefined) return built
  const labelled = (one: Resource): Resource =>
    one.kind === 'container' && one.address === address
      ? { ...one, spec: { ...one.spec, labels: { ...one.spec.labels, ...removalLabels(removal.waiter) } } }
      : one
  return { ...built, resources: built.resources.map(labelled) }
}

/** Most characters of the part of a name that is not random. */
const maxBase = 50

/** A name that is not in use: `nginx-3f9c2a` for `docker.io/library/nginx:1.27`. */
export function defaultName(target: string): string {
  const [last = ''] = (target.split('/').at(-1) ?? '').split(/[:@]/)
  const base = last.replaceAll(/[^a-zA-Z0-9_-]/g, '-').replace(/^[^a-zA-Z0-9]+|^x-/, '')
  return `${base.slice(0, maxBase) || 'run'}-${randomBytes(3).toString('hex')}`
}

/** The names of volumes in short and long forms: a source that is not a path. Pure. */
export const namedVolumes = ({ volumes = [] }: Pick<ContainerFields, 'volumes'>): readonly string[] => [
  ...new Set(volumes.map(volumeName).filter((name) => name !== undefined)),
]

type VolumeField = NonNullable<ContainerFields['volumes']>[number]

function volumeName(volume: VolumeField): string | undefined {
  if (typeof volume !== 'string') return volume.type === 'volume' ? volume.source : undefined
  const [source = '', ...rest] = volume.split(':')
  return rest.length > 0 && /^[a-zA-Z0-9]/.test(source) ? source : undefined
}

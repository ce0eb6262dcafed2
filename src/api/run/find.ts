import { type Desired, type DesiredStack, isResource, type Resource, type SecretValues } from '../../model/desired.ts'
import { type HeroPodsError, refusedError } from '../../model/errors.ts'
import type { HistoryDocument } from '../../model/generation.ts'
import { entriesOf, isNamed, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { didYouMean, knownNames, nearest } from '../../stack/check/suggest.ts'

/** A container whose configuration a run uses, as it was applied last. */
export interface FoundContainer {
  readonly container: Resource & { kind: 'container' }
  readonly image: Resource & { kind: 'image' }
  readonly secretValues: SecretValues
}

/**
 * The container with this name in the newest state of the stacks; of replicas the first. undefined: no stack has it, so it is an image.
 * Raises `ambiguous-name`, `unknown-container`, `sensitive-unreadable` (refused).
 */
export async function findContainer(engine: Engine, name: string): Promise<FoundContainer | undefined> {
  const { document, patches } = await engine.history()
  const address = addressNamed(document, name)
  if (address === undefined) return undefined
  const newest = Math.max(0, ...patches.keys())
  const stack = await engine.recordedStack(newest, parseResourceAddress(address).stack)
  const container = stack?.resources.get(address)
  if (stack === undefined || !isResource(container, 'container')) return undefined
  const image = stack.resources.get(container.spec.image)
  if (!isResource(image, 'image'))
    throw refusedError({
      code: 'record-damaged',
      message: `The record of the image of ${address} is missing.`,
      hint: 'Apply its stack: that writes a new record.',
      address,
    })
  return { container, image, secretValues: stack.secretValues }
}

interface Stacks extends Pick<Desired, 'secretValues'> {
  readonly stacks: readonly Pick<DesiredStack, 'name' | 'resources' | 'inactive'>[]
}

/**
 * The container with this name in stacks that may differ from the applied ones; of replicas the first. Raises `ambiguous-name`,
 * `unknown-container` (refused). Pure.
 */
export function containerOfStacks({ stacks, secretValues }: Stacks, name: string): FoundContainer {
  const resources = new Map(stacks.flatMap((one) => [...one.resources]))
  const records = new Map(stacks.map((one) => [one.name, { resources: Object.fromEntries(one.resources) }]))
  const address = addressNamed(records, name)
  const container = address === undefined ? undefined : resources.get(address)
  const image = isResource(container, 'container') ? resources.get(container.spec.image) : undefined
  if (isResource(container, 'container') && isResource(image, 'image')) return { container, image, secretValues }
  throw noneInStacks(stacks, name)
}

function noneInStacks(stacks: Stacks['stacks'], name: string): HeroPodsError {
  const named = (addresses: Iterable<ResourceAddress>): readonly string[] =>
    [...addresses].map(parseResourceAddress).flatMap((one) => (one.kind === 'container' ? [one.name] : []))
  const known = stacks.flatMap((one) => named(one.resources.keys()))
  const inactive = stacks.flatMap((one) => named(one.inactive))
  const profiles = inactive.length === 0 ? '' : ` Of profiles that are not active: ${inactive.join(', ')}.`
  return refusedError({
    code: 'unknown-container',
    message: `The stack files have no container ${JSON.stringify(name)}.${didYouMean(name, known)}`,
    hint: `${knownNames(known)}${profiles}`,
  })
}

/** STACK/NAME of the container of which a name may be a typing error; undefined: it is the reference of an image. Pure. */
export function similarContainer(document: HistoryDocument, name: string): string | undefined {
  if (/[/:@]/.test(name)) return undefined
  const addresses = [...document.values()].flatMap(({ resources }) => entriesOf(resources).map(([address]) => address))
  const containers = addresses.map(parseResourceAddress).filter(({ kind }) => kind === 'container')
  // A run of replicas uses the first one.
  const names = new Map(containers.map((one) => [one.name.replace(/\.\d+$/, ''), one.stack]))
  const found = nearest(name, names.keys())
  return found === undefined ? undefined : `${names.get(found)}/${found}`
}

/** The objects of each stack by their addresses. */
type RecordedNames = ReadonlyMap<string, { readonly resources: Readonly<Record<ResourceAddress, unknown>> }>

/** The address of the container with this name. Raises `ambiguous-name`, `unknown-container` (refused). Pure. */
export function addressNamed(document: RecordedNames, name: string): ResourceAddress | undefined {
  const containers = [...document.values()].flatMap(({ resources }) =>
    entriesOf(resources).flatMap(([address]) => (parseResourceAddress(address).kind === 'container' ? [address] : [])),
  )
  const found = containers.filter((address) => isNamed(address, name))
  const stacks = [...new Set(found.map((address) => parseResourceAddress(address).stack))]
  if (stacks.length > 1)
    throw refusedError({
      code: 'ambiguous-name',
      message: `"${name}" is in several stacks.`,
      hint: `Use STACK/NAME: ${stacks.map((stack) => `${stack}/${name}`).join(', ')}.`,
    })
  const [first] = found
  if (first === undefined) refuseUnknown(document, containers, name)
  return first
}

/** STACK/NAME with the name of a stack means a container, not an image of that repository. */
function refuseUnknown(document: RecordedNames, containers: readonly ResourceAddress[], name: string): void {
  const [stack = '', ...rest] = name.split('/')
  if (rest.length === 0 || !document.has(stack)) return
  const names = containers.flatMap((one) => {
    const { stack: of, name: own } = parseResourceAddress(one)
    return of === stack ? [own] : []
  })
  throw refusedError({
    code: 'unknown-container',
    message: `The stack ${stack} has no container "${rest.join('/')}".${didYouMean(rest.join('/'), names)}`,
    hint: `Containers: ${names.join(', ') || 'none'}. For an image write its registry as well: docker.io/${name}.`,
  })
}

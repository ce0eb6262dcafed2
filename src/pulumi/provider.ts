import { instancePaths } from '../host/files/paths.ts'
import { dropInherited } from '../host/local/processes/inherited.ts'
import type { Change } from '../model/change.ts'
import type { Resource } from '../model/desired.ts'
import { HeroPodsError, toDiagnostic } from '../model/errors.ts'
import { isOwnImage, ownerOfObserved, stackOfOwner } from '../model/ownership.ts'
import {
  isResourceAddress,
  type Kind,
  parseResourceAddress,
  type ResourceAddress,
  resourceAddress,
} from '../model/resource-address.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import type { View } from '../reconciler/engine/view.ts'
import {
  changedInputs,
  type DiffAnswer,
  diffKnown,
  diffUnknown,
  driftReasons,
  effectOnProcess,
  unknownInputs,
  unknownValue,
  withOldValues,
} from './changes.ts'
import { build, type Inputs } from './desired.ts'
import { localHost } from './local-host.ts'
import { operations } from './operations.ts'
import { outputsOf } from './outputs.ts'
import { report } from './report.ts'

// Pulumi passes on the open file descriptors of its caller.
dropInherited()

interface Failure {
  readonly property: string
  readonly reason: string
}

const instanceId = (): string => instancePaths(localHost.environment).id

/** An error without the name of a property: Pulumi would print the complete value, with its secrets. */
const failure = (reason: string): Failure => ({ property: '', reason })

/** A name on the host. */
const validName = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/
/** The longest owner: file names and the alias of an interface (255 bytes) contain it. */
const maxOwnerCharacters = 150

const textOf = (error: unknown): string =>
  (error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)])
    .map(({ message, hint }) => `${message}${hint ? `\n  -> ${hint}` : ''}`)
    .join('\n')

/** Removes the stack trace, which Pulumi would print. */
function reportedTo(error: unknown): Error {
  const reported = new Error(textOf(error))
  reported.stack = ''
  return reported
}

/**
 * `check`: validates inputs by the schema and rules of stack files, and gives the resource its address. A known address stays: an aliased
 * resource keeps its name, a moved one its address.
 */
async function check(
  kind: Kind,
  olds: Inputs,
  news: Inputs,
): Promise<{ inputs: Inputs; failures: readonly Failure[] }> {
  const { resourceName, ...given } = news
  const named = (given.name ?? olds.name ?? resourceName) as string
  const inputs: Record<string, unknown> = { ...given, name: named }
  try {
    const view = await operations.view()
    const failures = [...nameFailures(inputs, named)]
    if (named !== unknownValue && failures.length === 0)
      inputs.address = olds.name === named && olds.address ? olds.address : placeOf(kind, inputs, named, view)
    failures.push(...placeFailures(inputs.address, String(resourceName)))
    const known = Object.fromEntries(Object.entries(inputs).filter(([name]) => !unknownInputs(inputs).includes(name)))
    const address = isResourceAddress(known.address) ? known.address : resourceAddress('program', kind, 'unknown')
    return { inputs, failures: [...failures, ...(await fieldFailures(kind, address, known, inputs, view))] }
  } catch (error) {
    return { inputs, failures: [failure(textOf(error))] }
  }
}

function nameFailures(inputs: Inputs, name: string): readonly Failure[] {
  if (String(inputs.owner).length > maxOwnerCharacters)
    return [
      failure(
        `The names of the project and the stack are too long: together at most ${maxOwnerCharacters} characters.`,
      ),
    ]
  if (name === unknownValue || validName.test(name)) return []
  return [
    failure(`"${name}" is not a name on the host: letters, digits, - and _, at most 63 characters. Set \`name\`.`),
  ]
}

/** The resources of the program by address. The process runs for one program run only. */
const places = new Map<unknown, string>()

function placeFailures(place: unknown, resourceName: string): readonly Failure[] {
  if (place === undefined) return []
  const other = places.get(place) ?? resourceName
  places.set(place, other)
  return other === resourceName
    ? []
    : [failure(`The resource "${other}" of this program already has the address ${place}: set another \`name\`.`)]
}

async function fieldFailures(kind: Kind, address: ResourceAddress, known: Inputs, inputs: Inputs, view: View) {
  const withImage = kind === 'container' && inputs.image !== undefined && known.image === undefined
  const tools = { instanceId: instanceId(), sensitive: new SensitiveValues(view.key), cwd: process.cwd() }
  const built = await build(kind, address, withImage ? { ...known, image: 'busybox' } : known, tools)
  const problems = built.problems.length > 0 ? built.problems : await portProblems(built.resources, address, view)
  return problems.map(({ message, hint }) => failure(`${message}${hint ? `\n  -> ${hint}` : ''}`))
}

/** Ports that are taken are found before the first step: an update that fails in the middle would leave the resource half changed. */
async function portProblems(resources: readonly Resource[], address: ResourceAddress, view: View) {
  const found = resources.find((one) => one.address === address)
  return found?.kind === 'container' ? view.portProblems(address, found.spec.ports) : []
}

/** The address of a new resource: its own, or with `adopt` that of the object that it takes over. */
function placeOf(kind: Kind, inputs: Inputs, name: string, { snapshot }: View): ResourceAddress {
  const own = resourceAddress(stackOfOwner(String(inputs.owner)), kind, name)
  if (inputs.adopt !== true || snapshot.observations.has(own)) return own
  const found = [...snapshot.observations].filter(([address, one]) => {
    const parsed = parseResourceAddress(address)
    return (
      parsed.kind === kind && parsed.name === name && one.presence === 'owned' && ownerOfObserved(one) === undefined
    )
  })
  if (found.length > 1)
    throw new HeroPodsError({
      code: 'ambiguous-name',
      message: `Several stacks have a ${kind} "${name}" that could be adopted: ${found.map(([address]) => address).join(', ')}.`,
      hint: 'Remove or rename all but one.',
    })
  return found[0]?.[0] ?? own
}

/**
 * `diff`: compares with the host, so that drift is visible. Pulumi calls it often, one call after the other, so observations are
 * shared.
 */
async function diff(kind: Kind, id: string, olds: Inputs, news: Inputs): Promise<DiffAnswer> {
  try {
    const unknown = unknownInputs(news)
    if (news.address !== undefined && news.address !== unknownValue && news.address !== id)
      return { changes: true, replaces: ['name'], deleteBeforeReplace: true }
    if (unknown.length > 0) {
      // Inputs that are refused have their error when all are known.
      const known = changesOf(kind, addressOf(id), withOldValues(unknown, olds, news))
      const drift = await known.then(driftReasons, () => [])
      report(id, drift)
      return diffUnknown(unknown, drift.length > 0)
    }
    const changes = await changesOf(kind, addressOf(id), news)
    const effect = effectOnProcess(kind, changes, changedInputs(kind, olds, news))
    report(id, [...driftReasons(changes), ...(effect === undefined ? [] : [effect])])
    return diffKnown(kind, changes, olds, news)
  } catch (error) {
    throw reportedTo(error)
  }
}

const gone: Change = { path: '', before: undefined, after: undefined, class: 'live', drift: 'it is gone' }

async function changesOf(kind: Kind, id: ResourceAddress, news: Inputs): Promise<readonly Change[]> {
  const view = await operations.view()
  const tools = { instanceId: instanceId(), sensitive: new SensitiveValues(view.key), cwd: process.cwd() }
  const { resources } = await build(kind, id, news, tools)
  const changes = await view.changes(resources)
  return resources.flatMap(({ address }) => changes.get(address) ?? [gone])
}

/** `create` and `update`: apply the inputs, also if the object exists in part. */
async function ensure(
  kind: Kind,
  address: ResourceAddress,
  news: Inputs,
  { isUpdate }: { readonly isUpdate: boolean },
): Promise<Inputs> {
  const { key } = await operations.view({ createsKey: true })
  const sensitive = new SensitiveValues(key)
  const built = await build(kind, address, news, { instanceId: instanceId(), sensitive, cwd: process.cwd() })
  if (built.problems.length > 0)
    throw reportedTo(new HeroPodsError(built.problems.map(({ location: _, ...rest }) => rest)))
  try {
    await operations.submit({
      owner: String(news.owner),
      resources: built.resources,
      removes: [],
      adopts: news.adopt === true,
      deleteData: false,
      secretValues: sensitive.byToken,
    })
  } catch (error) {
    // A refused update has touched nothing: the state of Pulumi stays as it was.
    if (isUpdate && error instanceof HeroPodsError && error.refused) throw reportedTo(error)
    throw await partial(address, news, error)
  }
  return answered(address, news, await operations.view())
}

/**
 * A failed resource whose object exists stays in the state of Pulumi, so that the next `up` repairs it and `destroy` finds it.
 */
async function partial(address: ResourceAddress, news: Inputs, error: unknown): Promise<Error> {
  const reported = reportedTo(error)
  const view = await operations.view().catch(() => undefined)
  if (view?.snapshot.observations.get(address)?.presence !== 'owned') return reported
  return Object.assign(reported, {
    id: address,
    properties: answered(address, news, view),
    reasons: [reported.message],
  })
}

const plain = (value: object): Inputs => JSON.parse(JSON.stringify(value)) as Inputs

const answered = (address: ResourceAddress, inputs: Inputs, { snapshot }: View): Inputs => {
  const observed = snapshot.observations.get(address)
  return plain({ ...inputs, ...(observed?.presence === 'owned' && outputsOf(observed)) })
}

/** An address from the state of Pulumi, set by `check`. */
function addressOf(value: unknown): ResourceAddress {
  if (isResourceAddress(value)) return value
  throw reportedTo(new HeroPodsError({ code: 'internal', message: `"${value}" is not the address of a resource.` }))
}

async function create(kind: Kind, news: Inputs) {
  const address = addressOf(news.address)
  return { id: address, outs: await ensure(kind, address, news, { isUpdate: false }) }
}

const update = async (kind: Kind, id: string, _olds: Inputs, news: Inputs) => ({
  outs: await ensure(kind, addressOf(id), news, { isUpdate: true }),
})

/** `read`, for `pulumi refresh`: an empty ID means that the object does not exist. */
async function read(_kind: Kind, id: string, props: Inputs) {
  try {
    const view = await operations.view()
    if (!isResourceAddress(id) || view.snapshot.observations.get(id)?.presence !== 'owned') return { id: '', props: {} }
    return { id, props: answered(id, props, view) }
  } catch (error) {
    throw reportedTo(error)
  }
}

const keptData = 'its data stays on the host: `heropods volume ls` lists it; with `deleteData: true` a delete erases it'

/** `delete`: an object that does not exist, or has another owner, is not an error. */
async function remove(kind: Kind, address: string, props: Inputs): Promise<void> {
  try {
    if (!isResourceAddress(address)) return
    const { snapshot } = await operations.view()
    const observed = snapshot.observations.get(address)
    if (observed?.presence !== 'owned' || ownerOfObserved(observed) !== props.owner) return
    if (kind === 'volume' && props.deleteData !== true) report(address, [keptData])
    const images = [...snapshot.observations.keys()].filter((one) => kind === 'container' && isOwnImage(one, address))
    await operations.submit({
      owner: String(props.owner),
      resources: [],
      removes: [address, ...images],
      adopts: false,
      deleteData: props.deleteData === true,
      secretValues: new Map(),
    })
  } catch (error) {
    throw reportedTo(error)
  }
}

const verbsOf = (kind: Kind) => ({
  check: (olds: Inputs, news: Inputs) => check(kind, olds ?? {}, news),
  diff: (id: string, olds: Inputs, news: Inputs) => diff(kind, id, olds, news),
  create: (news: Inputs) => create(kind, news),
  read: (id: string, props: Inputs) => read(kind, id, props),
  update: (id: string, olds: Inputs, news: Inputs) => update(kind, id, olds, news),
  delete: (id: string, props: Inputs) => remove(kind, id, props),
})

// The state of Pulumi contains these names: they never change.
export const Network = verbsOf('network')
export const Image = verbsOf('image')
export const Volume = verbsOf('volume')
export const Container = verbsOf('container')

import type { Change } from '../../model/change.ts'
import { type Diagnostic, firstLine, type Place } from '../../model/errors.ts'
import { type ApplyStep, makes, type Step } from '../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { someOf } from '../../model/values/count.ts'
import { groupBy } from '../../model/values/group-by.ts'
import { reasons } from '../../reconciler/plan/step-reason.ts'
import type { DesiredRevision } from '../stacks/desired-revision.ts'

/** The difference that a revision makes in one container. */
export interface ContainerChange {
  /** A sentence: `Changed: command, mem_limit.`, or `Added: db.` for a new container. */
  readonly text: string
  /** The first changed field, or the new container, in the files. */
  readonly place?: Place
}

export type ContainerChanges = ReadonlyMap<ResourceAddress, ContainerChange>

/** The changes of the containers of a plan; those that only follow from another object or from drift are left out. Reads the files again. */
export async function containerChanges(
  steps: readonly Step[],
  place: DesiredRevision['place'],
): Promise<ContainerChanges> {
  const ofContainers = groupBy(
    steps.filter((step) => makes(step, 'container')),
    ({ address }) => address,
  )
  const found = await Promise.all(
    [...ofContainers].map(async ([address, own]) => {
      const change = changeOf(address, own)
      if (change === undefined) return []
      const at = (await place?.(address, change.path)) ?? (await place?.(address))
      return [[address, { text: change.text, ...(at && { place: at }) }] as const]
    }),
  )
  return new Map(found.flat())
}

/** The failure of a container with the change of it that can be the cause. Lines of output are left out. Pure. */
export function withChange(error: Diagnostic, changes: ContainerChanges): Diagnostic {
  const change = error.address === undefined ? undefined : changes.get(error.address)
  if (change === undefined) return error
  const place = error.place ?? change.place
  return { ...error, message: `${firstLine(error.message)} ${change.text}`, ...(place && { place }) }
}

type ContainerStep = ApplyStep & ApplyStep<'container'>

/** This many fields are named; the others are counted. */
const namedFields = 3

function changeOf(
  address: ResourceAddress,
  steps: readonly ContainerStep[],
): { text: string; path?: string } | undefined {
  const changes = steps.flatMap((step) => step.changes.filter(isOfSpec).map((change) => ({ step, change })))
  const [first] = changes
  if (first !== undefined) return { text: changedText(changes.map(nameOf)), path: first.change.path }
  // A container that is replaced because of another object has no changes of its own.
  const isNew = steps.every(({ action, reason }) => action === 'create' && reason === reasons.missing)
  return isNew ? { text: `Added: ${parseResourceAddress(address).name}.` } : undefined
}

function changedText(fields: readonly string[]): string {
  return `Changed: ${someOf([...new Set(fields)], namedFields)}.`
}

const isOfSpec = ({ path, drift }: Change): boolean => drift === undefined && path !== '' && path !== '/name'

/** The names in stack files of fields that are stored under another name. */
const namesInFiles: Readonly<Record<string, string>> = {
  cpu_period: 'cpus',
  cpu_quota: 'cpus',
  image_digest: 'image',
  mounts: 'volumes',
}

/** The name of a changed field as stack files have it: `command`, `environment.LEVEL`, `config page`. */
function nameOf({ step, change: { path } }: { readonly step: ContainerStep; readonly change: Change }): string {
  const [field = '', item] = path.split('/').slice(1)
  if (field === 'environment' && item !== undefined) return `environment.${item}`
  if (field !== 'files') return namesInFiles[field] ?? field
  const file = step.spec.files[Number(item)]
  return file === undefined ? 'configs, secrets' : `${file.kind} ${file.name}`
}

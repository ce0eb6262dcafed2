import { recordedResource } from '../../model/desired.ts'
import type { RecordedDiagnostic } from '../../model/errors.ts'
import { authorText, type Generation, type StackRecord } from '../../model/generation.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { dependencyState } from '../../model/kinds/dependency.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { entriesOf, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { lastRunOf } from './last-run.ts'

/** Why an object of the recorded state does not exist. `missing`: it was created, and something removed it from the host. */
export type Absence =
  | { readonly state: 'creating'; readonly run: Generation }
  | { readonly state: 'failed'; readonly run: Generation; readonly failure: RecordedDiagnostic }
  | { readonly state: 'missing' }

/** The generation that is being applied: the newest one, if another command holds the lock. Pure. */
export const runInProgress = (generations: readonly Generation[], isBusy: boolean): Generation | undefined => {
  const newest = generations.at(-1)
  return isBusy && newest?.result === 'started' ? newest : undefined
}

/** Why an object of the recorded state does not exist. `running`: the generation that is being applied. Pure. */
export function absenceOf(
  address: ResourceAddress,
  generations: readonly Generation[],
  running: Generation | undefined,
): Absence {
  const { stack } = parseResourceAddress(address)
  if (running?.stacks[stack] !== undefined) return { state: 'creating', run: running }
  const { attempted, failure } = lastRunOf(stack, generations, undefined)
  return attempted && failure ? { state: 'failed', run: attempted, failure } : { state: 'missing' }
}

type Observations = ReadonlyMap<ResourceAddress, Observation>

/** The objects of recorded stacks that do not exist on the host, with their recorded specs. Pure. */
export const absentObjects = (
  records: ReadonlyMap<string, StackRecord>,
  observations: Observations,
): ReadonlyMap<ResourceAddress, object> =>
  new Map(
    [...records.values()]
      .flatMap(({ resources }) => entriesOf(resources))
      .filter(([address]) => !observations.has(address)),
  )

/** The run of another command that changes a stack now: `Generation 46 by root: a waits for db to be healthy (starting).` Pure. */
export function progressText(
  run: Generation,
  absent: ReadonlyMap<ResourceAddress, object>,
  observations: Observations,
): string {
  const [first, ...others] = [...absent].flatMap(([address, spec]) => waitText(address, spec, observations))
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  return `Generation ${run.generation} by ${authorText(run)}${first === undefined ? ' is being applied' : `: ${first}${more}`}.`
}

/** `a waits for db to be healthy (starting)`; empty: it waits for no other container. Pure. */
function waitText(address: ResourceAddress, spec: object, observations: Observations): readonly string[] {
  const resource = recordedResource(address, spec)
  const dependencies = resource?.kind === 'container' ? resource.spec.depends_on : []
  const first = dependencies.find(({ container, condition }) => !isFulfilled(observations.get(container), condition))
  if (first === undefined) return []
  const { name } = parseResourceAddress(address)
  const other = parseResourceAddress(first.container).name
  return [
    `${name} waits for ${other} ${conditionTexts[first.condition]} (${stateOf(observations.get(first.container))})`,
  ]
}

type Condition = ContainerSpec['depends_on'][number]['condition']

const conditionTexts: Readonly<Record<Condition, string>> = {
  service_started: 'to start',
  service_healthy: 'to be healthy',
  service_completed_successfully: 'to complete',
}

function isFulfilled(observed: Observation | undefined, condition: Condition): boolean {
  if (!isOwned(observed, 'container')) return false
  return dependencyState(condition, observed).state === 'fulfilled'
}

const stateOf = (observed: Observation | undefined): string =>
  isOwned(observed, 'container') ? (observed.actual.health ?? observed.actual.state) : 'not created yet'

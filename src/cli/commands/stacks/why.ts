import { type Resource, recordedResource } from '../../../model/desired.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { StackRecord } from '../../../model/generation.ts'
import type { ContainerActual } from '../../../model/kinds/container.ts'
import { isOwned, type Observation } from '../../../model/observation.ts'
import { entriesOf, isNamed, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { compareNatural } from '../../../model/values/sorted.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { absenceOf, absentObjects, runInProgress } from '../../../reconciler/history/absence.ts'
import { lastChanges } from '../../../reconciler/history/last-change.ts'
import { recordedStacks } from '../../../reconciler/history/recorded-stacks.ts'
import { headline } from '../../../report/status-text.ts'
import { renderWhy, renderWhyFile, type WhySteps } from '../../../report/why/why-text.ts'
import type { WhyFile, WhyView } from '../../../report/why/why-view.ts'
import { didYouMean, knownNames } from '../../../stack/check/suggest.ts'
import { checkoutsFolder } from '../../../watch/source/checkouts.ts'
import { withEngine } from '../../engine-session.ts'
import { shownFile } from '../../plan-origins.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { declaredIn } from './why-declared.ts'
import { contentPath, type FileUse, usesOfFile, whyFiles } from './why-file.ts'
import { placesOf } from './why-places.ts'
import { unappliedStep, type WhyFacts, type WhyPlace, whyView } from './why-view.ts'
import { unappliedStacks, watchedStacks } from './why-watch.ts'

/** One object with the steps that its text shows. */
interface Explained {
  readonly view: WhyView
  readonly steps: WhySteps
}

/**
 * `heropods why`: explains objects, or a config or secret: their state, the file and line that declare them, the run that changed them last, their drift, and the
 * containers that wait for each other. It reads only. Raises `unknown-object` (refused).
 */
export async function why(name: string, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const { objects, files } = await withEngine(options, (engine) => explain(engine, name, terminal.cwd))
  const [now, { style }] = [new Date(), terminal]
  if (options.json)
    terminal.print(JSON.stringify({ objects: objects.map(({ view }) => view), ...(files.length > 0 && { files }) }))
  else
    terminal.print(
      [
        ...objects.map(({ view, steps }) => renderWhy(view, steps, now, style)),
        ...files.map((file) => renderWhyFile(file, style)),
      ].join('\n\n'),
    )
  return ExitCode.done
}

interface Explanation {
  readonly objects: readonly Explained[]
  /** Only where no object has the name. */
  readonly files: readonly WhyFile[]
}

async function explain(engine: Engine, name: string, cwd: string): Promise<Explanation> {
  const snapshot = await engine.observe()
  const records = await recordedStacks(engine)
  const absent = absentObjects(records, snapshot.observations)
  const owned = [...snapshot.observations].flatMap(([address, one]) => (one.presence === 'owned' ? [address] : []))
  const known = [...owned, ...absent.keys()]
  const meant = known.filter((address) => isNamed(address, name))
  const [generations, holder] = await Promise.all([engine.generations(), engine.lockHolder()])
  const isMeant = (address: ResourceAddress): boolean =>
    meant.length > 0 ? meant.includes(address) : isNamed(address, name)
  const changes = await lastChanges(generations, async (one) => (await engine.recordedRun(one))?.plan, isMeant, meant)
  const addresses = meant.length > 0 ? meant : [...changes.keys()]
  if (addresses.length === 0) {
    const uses = usesOfFile(name, snapshot)
    if (uses.length === 0) return { objects: await explainDeclared(engine, name, known, cwd), files: [] }
    return { objects: [], files: await explainFiles(engine, uses, { generations, snapshot, absent }, cwd) }
  }
  const stacks = stacksOf(addresses)
  const places = await placesOf(engine, { stacks, addresses, generations, snapshot, absent }, cwd)
  const unapplied = await unappliedStacks(engine.paths)
  const running = runInProgress(generations, holder !== undefined)
  const explained = (address: ResourceAddress): Promise<Explained> => {
    const absence = absent.has(address) ? absenceOf(address, generations, running) : undefined
    const newest = generations.findLast((one) => one.stacks[parseResourceAddress(address).stack] !== undefined)
    const stackState = unapplied.get(parseResourceAddress(address).stack)
    const facts: WhyFacts = {
      ...{ snapshot, absent, desired: desiredOf(records, address), last: changes.get(address) },
      ...(absence && { absence }),
      ...(newest && { newest }),
      ...(stackState && { stackState }),
    }
    return explainOne(engine, address, facts, places.get(address) ?? nowhere)
  }
  return { objects: await Promise.all(addresses.sort(compareNatural).map(explained)), files: [] }
}

/** Objects that files of watch declare and that no run has created yet. Raises `unknown-object` (refused). */
async function explainDeclared(
  { paths }: Engine,
  name: string,
  known: readonly ResourceAddress[],
  cwd: string,
): Promise<readonly Explained[]> {
  const declared = await declaredIn(await watchedStacks(paths), name)
  if (declared.length === 0) throw unknownObject(name, known)
  const current = `${checkoutsFolder(paths)}/current/`
  return declared.map(({ address, origin, stack }) => {
    const [status, message] = headline(stack)
    const facts = { snapshot: { observations: new Map() }, desired: undefined, last: undefined }
    const file = shownFile(origin.file.replace(current, ''), cwd)
    const place = { ...nowhere, origin: { ...origin, file } }
    return {
      view: whyView(address, { ...facts, stackState: { status, message } }, place),
      steps: { last: [], unapplied: undefined },
    }
  })
}

const stacksOf = (addresses: readonly ResourceAddress[]): readonly string[] => [
  ...new Set(addresses.map((address) => parseResourceAddress(address).stack)),
]

async function explainFiles(
  engine: Engine,
  uses: readonly FileUse[],
  known: Pick<Parameters<typeof placesOf>[1], 'generations' | 'snapshot' | 'absent'>,
  cwd: string,
): Promise<readonly WhyFile[]> {
  const addresses = uses.map(({ container }) => container)
  const fieldsOf = (address: ResourceAddress) => uses.filter(({ container }) => container === address).map(contentPath)
  return whyFiles(uses, await placesOf(engine, { ...known, stacks: stacksOf(addresses), addresses, fieldsOf }, cwd))
}

const nowhere: WhyPlace = { origin: null, fields: [], changedFiles: [] }

async function explainOne(
  engine: Engine,
  address: ResourceAddress,
  facts: WhyFacts,
  place: WhyPlace,
): Promise<Explained> {
  const observed = facts.snapshot.observations.get(address)
  const view = { ...whyView(address, facts, place), ...(await exitsOf(engine, address, observed)) }
  const memoryKilled = await memoryKilledOf(engine, observed)
  return {
    view: view.state && memoryKilled.length > 0 ? { ...view, state: { ...view.state, memoryKilled } } : view,
    steps: { last: facts.last?.steps ?? [], unapplied: unappliedStep(address, facts.desired, observed) },
  }
}

/** The killed processes of the current run. The log of the kernel is read only if there are any. */
async function memoryKilledOf(engine: Engine, observed: Observation | undefined) {
  if (!isOwned(observed, 'container')) return []
  const { id, memoryKills } = observed.actual
  return id !== undefined && memoryKills ? engine.memoryKills(id) : []
}

/** The exits of a container, and the end of its log if it has exited or crashes. */
async function exitsOf(
  engine: Engine,
  address: ResourceAddress,
  observed: Observation | undefined,
): Promise<Pick<WhyView, 'exits' | 'output'>> {
  if (!isOwned(observed, 'container') || observed.spec === undefined) return {}
  const { actual } = observed
  const { exits, logEnd } = await engine.details(address, actual.id)
  if (exits.length === 0) return {}
  if (!hasFailed(actual, exits.at(-1)?.endedAt)) return { exits }
  return { exits, output: logEnd }
}

/** A container that runs has failed if its last run ended less than a minute ago. */
const hasFailed = ({ state, restarts }: ContainerActual, endedAt = ''): boolean =>
  state === 'exited' ||
  state === 'restarting' ||
  (state === 'running' && restarts > 0 && Date.now() - Date.parse(endedAt) < 60_000)

function desiredOf(records: ReadonlyMap<string, StackRecord>, address: ResourceAddress): Resource | undefined {
  const resources = records.get(parseResourceAddress(address).stack)?.resources ?? {}
  const spec = entriesOf(resources).find(([key]) => key === address)?.[1]
  return spec && recordedResource(address, spec)
}

function unknownObject(name: string, known: readonly ResourceAddress[]) {
  if (known.some((address) => parseResourceAddress(address).stack === name))
    return refusedError({
      code: 'unknown-object',
      message: `"${name}" is a stack, and \`why\` explains one object.`,
      hint: `\`heropods status ${name}\` shows the stack and its objects.`,
    })
  const names = [...new Set(known.map((address) => parseResourceAddress(address).name))]
  return refusedError({
    code: 'unknown-object',
    message: `There is no container, network, volume, image, config or secret "${name}", and no stored generation changed one.${didYouMean(name, [...names, ...known])}`,
    hint: known.length > 0 ? knownNames([...known].sort(compareNatural)) : 'This instance has no objects.',
  })
}

import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { Generation } from '../../../model/generation.ts'
import { unhealthyText } from '../../../model/kinds/readiness.ts'
import { entriesOf, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { lastRunOf } from '../../../reconciler/history/last-run.ts'
import { stateText } from '../../../report/container-state-text.ts'
import { driftNotes, missingNote } from '../../../report/ps-notes.ts'
import { type PsRow, psTable } from '../../../report/ps-table.ts'
import { renderTable } from '../../../report/table.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import { type ContainerView, containerView, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface PsOptions extends CommonOptions {
  readonly quiet?: boolean
}

/** A container that the last run of its stack was to create and that does not exist. */
interface MissingContainer {
  readonly name: string
  readonly stack: string
  readonly address: ResourceAddress
}

interface Listing {
  readonly views: readonly ContainerView[]
  readonly missing: readonly MissingContainer[]
  /** The last generation of each stack whose last one failed. */
  readonly failedRuns: ReadonlyMap<string, number>
}

/** `heropods ps`: lists the containers of the instance, or of some stacks, with their state. Raises `unknown-stack` (refused). */
export async function ps(stacks: readonly string[], options: PsOptions): Promise<number> {
  const terminal = openTerminal()
  const { all, missing, generations } = await withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    return {
      all: ownedContainers(snapshot),
      missing: await missingContainers(engine, snapshot, stacks),
      generations: await engine.generations(),
    }
  })
  const known = new Set([
    ...all.map(({ address }) => parseResourceAddress(address).stack),
    ...missing.map((one) => one.stack),
  ])
  for (const stack of stacks) requireStack(stack, [...known])
  const views = all.map(containerView).filter((view) => stacks.length === 0 || stacks.includes(view.stack))
  if (options.json) terminal.print(JSON.stringify({ containers: views, missing }))
  else if (options.quiet) for (const view of views) terminal.print(`${view.stack}/${view.name}`)
  else await printTable({ views, missing, failedRuns: failedRunsOf(missing, generations) }, terminal)
  return ExitCode.done
}

function requireStack(stack: string, stacks: readonly string[]): void {
  if (stacks.includes(stack)) return
  throw refusedError({
    code: 'unknown-stack',
    message: `This instance has no containers of a stack "${stack}".${didYouMean(stack, stacks)}`,
    hint: `Stacks: ${stacks.join(', ') || 'none'}.`,
  })
}

async function printTable({ views, missing, failedRuns }: Listing, terminal: Terminal): Promise<void> {
  const rows = [...views.map(rowOf), ...missing.map(missingRow)]
  const table = psTable(rows, terminal.width)
  terminal.print(await renderTable(table.headings, table.rows, terminal.style))
  if (table.omitted.length > 0) terminal.note(`This terminal is too narrow for: ${table.omitted.join(', ')}.`)
  for (const text of driftNotes(views)) terminal.note(text)
  for (const { name, health, lastCheck } of views)
    if (health === 'unhealthy' && lastCheck) terminal.note(`${name} ${unhealthyText(lastCheck)}.`)
  if (views.some(({ health, lastCheck }) => health === 'starting' && !lastCheck?.isCurrent))
    terminal.note('Nothing checks health now: `heropods watch` does, and `heropods apply --wait` once.')
  for (const stack of new Set(missing.map((one) => one.stack))) terminal.note(missingNote(stack, failedRuns.get(stack)))
}

/** Pure. */
const failedRunsOf = (
  missing: readonly MissingContainer[],
  generations: readonly Generation[],
): ReadonlyMap<string, number> =>
  new Map(
    missing.flatMap(({ stack }) => {
      const { attempted, failure } = lastRunOf(stack, generations, undefined)
      return attempted && failure ? [[stack, attempted.generation] as const] : []
    }),
  )

const rowOf = (view: ContainerView): PsRow => ({
  name: view.name,
  stack: view.stack,
  image: view.image ?? '-',
  state: `${stateText(view, Date.now())}${isMarked(view) ? ' !' : ''}`,
  up: view.startedAt && view.pid ? age(view.startedAt) : '-',
  ip: view.ip || '-',
  ports: view.ports.join(', ') || '-',
})

const isMarked = ({ drift, networkDrift, memoryKills }: ContainerView): boolean =>
  drift.length > 0 || networkDrift.length > 0 || memoryKills > 0

const missingRow = ({ name, stack }: MissingContainer): PsRow => ({
  name,
  stack,
  image: '-',
  state: 'missing',
  up: '-',
  ip: '-',
  ports: '-',
})

async function missingContainers(
  engine: Engine,
  { observations }: Snapshot,
  stacks: readonly string[],
): Promise<readonly MissingContainer[]> {
  const generations = await engine.generations()
  const names = [...new Set(generations.flatMap((one) => Object.keys(one.stacks)))]
  const records = await engine.stackRecords(names.filter((name) => stacks.length === 0 || stacks.includes(name)))
  const recorded = [...records.values()].flatMap((record) => entriesOf(record.resources).map(([address]) => address))
  return recorded
    .filter((address) => parseResourceAddress(address).kind === 'container' && !observations.has(address))
    .map((address) => ({
      name: parseResourceAddress(address).name,
      stack: parseResourceAddress(address).stack,
      address,
    }))
}

function age(startedAt: string): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(startedAt)) / 1000))
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

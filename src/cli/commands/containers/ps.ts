import { entriesOf, parseAddress } from '../../../model/address.ts'
import { ExitCode, refuse } from '../../../model/errors.ts'
import { unhealthyText } from '../../../model/kinds/readiness.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { stateText } from '../../../report/container-state-text.ts'
import { renderTable } from '../../../report/table.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import { type ContainerView, containerView, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface PsOptions extends CommonOptions {
  readonly quiet?: boolean
}

interface Listing {
  readonly views: readonly ContainerView[]
  /** STACK/NAME of containers that the last run was to create and that do not exist. */
  readonly absent: readonly string[]
}

/** `heropods ps`: lists the containers of the instance, or of some stacks, with their state. Raises `unknown-stack` (refused). */
export async function ps(stacks: readonly string[], options: PsOptions): Promise<number> {
  const terminal = openTerminal()
  const { all, absent } = await withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    return { all: ownedContainers(snapshot), absent: await absentContainers(engine, snapshot, stacks) }
  })
  for (const stack of stacks) requireStack(stack, all)
  const views = all.map(containerView).filter((view) => stacks.length === 0 || stacks.includes(view.stack))
  if (options.json) terminal.print(JSON.stringify({ containers: views }))
  else if (options.quiet) for (const view of views) terminal.print(`${view.stack}/${view.name}`)
  else await printTable({ views, absent }, terminal)
  return ExitCode.done
}

function requireStack(stack: string, containers: readonly OwnedContainer[]): void {
  const stacks = [...new Set(containers.map(({ address }) => parseAddress(address).stack))]
  if (stacks.includes(stack)) return
  throw refuse({
    code: 'unknown-stack',
    message: `This instance has no containers of a stack "${stack}".${didYouMean(stack, stacks)}`,
    hint: `Stacks: ${stacks.join(', ') || 'none'}.`,
  })
}

async function printTable({ views, absent }: Listing, terminal: Terminal): Promise<void> {
  const headings = ['NAME', 'STACK', 'IMAGE', 'STATE', 'UP', 'IP', 'PORTS']
  terminal.print(await renderTable(headings, views.map(cells), terminal.style))
  if (views.some((view) => view.drift.length > 0))
    terminal.note('! differs from its applied spec: `heropods diff` shows how.')
  for (const { name, health, lastCheck } of views)
    if (health === 'unhealthy' && lastCheck) terminal.note(`${name} ${unhealthyText(lastCheck)}.`)
  if (views.some(({ health, lastCheck }) => health === 'starting' && !lastCheck?.isCurrent))
    terminal.note('Nothing checks health now: `heropods watch` does, and `heropods apply --wait` once.')
  if (absent.length > 0) terminal.note(`Not created: ${absent.join(', ')}. \`heropods status STACK\` shows why.`)
}

const cells = (view: ContainerView): readonly string[] => [
  view.name,
  view.stack,
  view.image ?? '-',
  `${stateText(view, Date.now())}${view.drift.length > 0 ? ' !' : ''}`,
  view.startedAt && view.pid ? age(view.startedAt) : '-',
  view.ip || '-',
  view.ports.join(', ') || '-',
]

/** Containers that the last run of each stack was to create and that do not exist, as STACK/NAME. */
async function absentContainers(
  engine: Engine,
  { observations }: Snapshot,
  stacks: readonly string[],
): Promise<readonly string[]> {
  const generations = await engine.generations()
  const names = [...new Set(generations.flatMap((one) => Object.keys(one.stacks)))]
  const records = await engine.stackRecords(names.filter((name) => stacks.length === 0 || stacks.includes(name)))
  const recorded = [...records.values()].flatMap((record) => entriesOf(record.resources).map(([address]) => address))
  return recorded
    .filter((address) => parseAddress(address).kind === 'container' && !observations.has(address))
    .map((address) => `${parseAddress(address).stack}/${parseAddress(address).name}`)
}

function age(startedAt: string): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(startedAt)) / 1000))
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

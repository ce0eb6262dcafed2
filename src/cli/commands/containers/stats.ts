import { setTimeout as delay } from 'node:timers/promises'
import { ExitCode } from '../../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ContainerStats, Engine } from '../../../reconciler/engine.ts'
import { type StatsView, statsHeadings, statsRow, statsView } from '../../../report/containers/stats-table.ts'
import { renderTable } from '../../../report/table.ts'
import { containersByNames, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { durationOption } from '../../options.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface StatsOptions extends CommonOptions {
  /** false: one reading. undefined: as `isStreamed` decides. */
  readonly stream?: boolean
  readonly interval?: string
}

/** Readings between two searches for new containers. */
const readingsPerSearch = 5

type Readings = ReadonlyMap<ResourceAddress, ContainerStats>

/**
 * `heropods stats`: prints CPU, memory and I/O of running containers, repeatedly until Ctrl-C or once (see `isStreamed`). The CPU is measured
 * over the interval. Raises `unknown-container`, `ambiguous-name`, `usage` (refused).
 */
export async function stats(names: readonly string[], options: StatsOptions): Promise<number> {
  const interval = durationOption('--interval', options.interval ?? '1')
  const terminal = openTerminal()
  const streamed = isStreamed(options, terminal)
  const print = await viewPrinter(terminal, options, streamed)
  return withEngine(options, async (engine) => {
    let addresses = await addressesOf(engine, names)
    let before = await readingsOf(engine, addresses)
    for (let reading = 1; ; reading += 1) {
      await delay(interval)
      const now = await readingsOf(engine, addresses)
      await print(viewsOf(addresses, before, now, names.length > 0))
      if (!streamed) return ExitCode.done
      if (reading % readingsPerSearch === 0) addresses = await addressesOf(engine, names)
      before = now
    }
  })
}

/** A pipe or a file gets one table: the reader would wait for ever. With `--json` each reading is one line, as in earlier versions. Pure. */
export const isStreamed = (
  { stream, json }: Pick<StatsOptions, 'stream' | 'json'>,
  { isTerminal }: Pick<Terminal, 'isTerminal'>,
): boolean => stream ?? (isTerminal || json === true)

async function addressesOf(engine: Engine, names: readonly string[]): Promise<readonly ResourceAddress[]> {
  const all = ownedContainers(await engine.observe())
  return (names.length > 0 ? containersByNames(all, names) : all).map(({ address }) => address)
}

const readingsOf = async (engine: Engine, addresses: readonly ResourceAddress[]): Promise<Readings> =>
  new Map((await engine.stats(addresses)).map((one) => [one.container, one]))

/** One view of each container; without the ones that do not run, unless they are named. */
const viewsOf = (
  addresses: readonly ResourceAddress[],
  before: Readings,
  now: Readings,
  areNamed: boolean,
): readonly StatsView[] =>
  addresses
    .map((container) => statsView({ container, before: before.get(container), now: now.get(container) }))
    .filter(({ running }) => running || areNamed)

type PrintViews = (views: readonly StatsView[]) => Promise<void>

async function viewPrinter(terminal: Terminal, { json }: StatsOptions, streamed: boolean): Promise<PrintViews> {
  if (json) return async (containers) => terminal.print(JSON.stringify({ containers }))
  const text = (views: readonly StatsView[]): Promise<string> => {
    const stacks = new Set(views.map(({ container }) => parseResourceAddress(container).stack))
    return renderTable(
      statsHeadings,
      views.map((view) => statsRow(view, stacks.size > 1)),
      terminal.style,
    )
  }
  if (!streamed || !terminal.canRedraw) return async (views) => terminal.print(await text(views))
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  return async (views) => log(terminal.escaped(await text(views)))
}

import { ExitCode, refusedError } from '../../../model/errors.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { visibleColoured } from '../../../model/values/visible.ts'
import { type ContainerRun, containerRuns } from '../../../reconciler/engine/runs.ts'
import type { Engine, LogLine } from '../../../reconciler/engine.ts'
import { isAtOrAfter, marksBetween } from '../../../report/containers/run-marks.ts'
import type { Style } from '../../../report/style.ts'
import { containersByNames, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { refuseNotCreated } from '../../not-created.ts'
import {
  countOption,
  refusePreviousWithFollow,
  refuseUntilWithFollow,
  sinceOption,
  untilOption,
} from '../../options.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly tail?: string
  readonly timestamps?: boolean
  readonly since?: string
  readonly until?: string
  /** Only the run before the last one. */
  readonly previous?: boolean
  readonly raw?: boolean
}

/** Which lines are read. */
interface LineSelection {
  readonly follow: boolean
  /** ISO 8601, or '' for all lines. */
  readonly since: string
  /** ISO 8601. */
  readonly until: string
  readonly tail?: number
  /** True for the time of a line of the selected run; undefined: all runs are selected. */
  readonly isOfRun?: (time: string) => boolean
}

interface LinePrinter {
  line(container: OwnedContainer, line: LogLine): void
  /** Prints a mark between two runs; undefined: runs are not marked. */
  readonly mark?: (container: OwnedContainer, text: string) => void
}

/**
 * `heropods logs`: prints the output of containers, or of all containers of stacks, oldest line first. With `-f` it follows them until
 * they have exited and no run is about to restart them. On a terminal a mark separates the runs of a container. Raises
 * `unknown-container`, `ambiguous-name`, `no-previous-run`, `usage` (refused).
 */
export async function logs(names: readonly string[], options: LogsOptions): Promise<number> {
  refuseUntilWithFollow(options)
  refusePreviousWithFollow(options)
  return withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    const all = ownedContainers(snapshot)
    await refuseNotCreated(engine, snapshot, names)
    const containers = names.length > 0 ? containersByNames(all, names) : all
    const printer = options.json ? jsonPrinter() : textPrinter(containers, options)
    const selection = lineSelection(options)
    const selections = options.previous
      ? await previousRuns(engine, containers, selection)
      : new Map(containers.map((container) => [container, selection]))
    await Promise.all([...selections].map(([container, lines]) => printLines(engine, container, lines, printer)))
    return ExitCode.done
  })
}

const lineSelection = ({ follow = false, since, until, tail }: LogsOptions): LineSelection => ({
  follow,
  since: sinceOption(since),
  until: untilOption(until),
  ...(tail !== undefined && tail !== 'all' && { tail: countOption('--tail', tail) }),
})

/** The lines of the run before the last one, of the containers that have one. Raises `no-previous-run` (refused): none has. */
async function previousRuns(
  engine: Engine,
  containers: readonly OwnedContainer[],
  selection: LineSelection,
): Promise<ReadonlyMap<OwnedContainer, LineSelection>> {
  const found = await Promise.all(
    containers.map(async (container) => {
      const [previous, last] = (await containerRuns(localHost, engine.paths, container.address)).slice(-2)
      return previous && last ? ([[container, withinRun(selection, previous, last)]] as const) : []
    }),
  )
  if (containers.length === 0 || found.flat().length > 0) return new Map(found.flat())
  throw refusedError({
    code: 'no-previous-run',
    message: `${containers.map(({ address }) => address).join(', ')}: no run before the last one is recorded.`,
    hint: 'Remove --previous: `heropods logs` prints the output of the last run.',
  })
}

const withinRun = (selection: LineSelection, { startedAt }: ContainerRun, next: ContainerRun): LineSelection => ({
  ...selection,
  isOfRun: (time) => isAtOrAfter(time, startedAt) && !isAtOrAfter(time, next.startedAt),
})

async function printLines(
  engine: Engine,
  container: OwnedContainer,
  { follow, since, until, tail, isOfRun }: LineSelection,
  printer: LinePrinter,
): Promise<void> {
  const isSelected = ({ time }: LogLine): boolean => time >= since && time <= until && (isOfRun?.(time) ?? true)
  // The engine counts `tail` from the end of the log, which may be after the selected lines.
  const isCut = tail !== undefined && (isOfRun !== undefined || until < new Date().toISOString())
  const portions = engine.logs(container.address, { follow, ...(tail !== undefined && !isCut && { tail }) })
  const print = markingPrinter(engine, container, printer)
  if (isCut) return print(await lastLines(portions, tail, isSelected))
  for await (const lines of portions) await print(lines.filter(isSelected))
}

/** Prints lines of one container, with a mark before the first line of another run. */
function markingPrinter(
  engine: Engine,
  container: OwnedContainer,
  { line: printLine, mark }: LinePrinter,
): (lines: readonly LogLine[]) => Promise<void> {
  let before: string | undefined
  return async (lines) => {
    const runs = mark && lines.length > 0 ? await containerRuns(localHost, engine.paths, container.address) : []
    for (const line of lines) {
      for (const text of marksBetween(runs, before, line.time)) mark?.(container, text)
      before = line.time
      printLine(container, line)
    }
  }
}

/** The last `count` lines that are selected. */
async function lastLines(
  portions: AsyncIterable<readonly LogLine[]>,
  count: number,
  isSelected: (line: LogLine) => boolean,
): Promise<readonly LogLine[]> {
  let last: readonly LogLine[] = []
  for await (const lines of portions) last = count === 0 ? [] : [...last, ...lines.filter(isSelected)].slice(-count)
  return last
}

function jsonPrinter(): LinePrinter {
  const terminal = openTerminal()
  return {
    line: ({ address: container }, { time, stream, bytes }) =>
      terminal.print(JSON.stringify({ container, time, stream, text: bytes.toString() })),
  }
}

function textPrinter(containers: readonly OwnedContainer[], { raw, timestamps }: LogsOptions): LinePrinter {
  const { style } = openTerminal()
  const prefixes = prefixesOf(containers, style)
  // Control characters are escaped on a terminal, unless --raw is given; elsewhere lines are copied byte by byte.
  const escaped = ({ stream, bytes }: LogLine): Buffer =>
    raw || !process[stream].isTTY ? bytes : Buffer.from(visibleColoured(bytes.toString()))
  const prefixOf = ({ address }: OwnedContainer): string => prefixes.get(address) ?? ''
  const mark = (container: OwnedContainer, text: string): void =>
    void process.stdout.write(`${prefixOf(container)}${style.dim(text)}\n`)
  return {
    line: (container, line) => {
      const prefix = `${prefixOf(container)}${timestamps ? `${style.dim(line.time)} ` : ''}`
      process[line.stream].write(Buffer.concat([Buffer.from(prefix), escaped(line), Buffer.from('\n')]))
    },
    ...(process.stdout.isTTY && { mark }),
  }
}

/** The text before the lines of each container, in a colour of its own; none for a single container. */
function prefixesOf(containers: readonly OwnedContainer[], style: Style): ReadonlyMap<string, string> {
  if (containers.length < 2) return new Map()
  const parts = containers.map(({ address }) => ({ address, ...parseResourceAddress(address) }))
  const several = new Set(parts.map(({ stack }) => stack)).size > 1
  const names = parts.map(({ stack, name }) => (several ? `${stack}/${name}` : name))
  const width = Math.max(...names.map((name) => name.length))
  const prefix = (name: string, index: number) => `${style.series(name.padEnd(width), index)} | `
  return new Map(parts.map(({ address }, index) => [address, prefix(names[index] ?? '', index)]))
}

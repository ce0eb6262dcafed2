import { ExitCode } from '../../../model/errors.ts'
import { isNamed, parseResourceAddress } from '../../../model/resource-address.ts'
import { visibleColoured } from '../../../model/values/visible.ts'
import type { Engine, LogLine, Snapshot } from '../../../reconciler/engine.ts'
import type { Style } from '../../../report/style.ts'
import { containersOf, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { notCreated } from '../../not-created.ts'
import { countOption, refuseUntilWithFollow, sinceOption, untilOption } from '../../options.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly tail?: string
  readonly timestamps?: boolean
  readonly since?: string
  readonly until?: string
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
}

type PrintLine = (container: OwnedContainer, line: LogLine) => void

/**
 * `heropods logs`: prints the output of containers, or of all containers of stacks, oldest line first. With `-f` it follows them until
 * they have exited and no run is about to restart them. Raises `unknown-container`, `ambiguous-name`, `usage` (refused).
 */
export async function logs(names: readonly string[], options: LogsOptions): Promise<number> {
  refuseUntilWithFollow(options)
  return withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    const all = ownedContainers(snapshot)
    await refuseNotCreated(engine, snapshot, names)
    const containers = names.length > 0 ? containersOf(all, names) : all
    const print = options.json ? jsonPrinter() : textPrinter(containers, options)
    const selection = lineSelection(options)
    await Promise.all(containers.map((container) => printLines(engine, container, selection, print)))
    return ExitCode.done
  })
}

/** A container that a run has not created is not an unknown one. Raises `unknown-container` (refused). */
async function refuseNotCreated(engine: Engine, snapshot: Snapshot, names: readonly string[]): Promise<void> {
  const existing = [...snapshot.observations.keys()]
  for (const name of names) {
    const exists = existing.some((one) => isNamed(one, name) || parseResourceAddress(one).stack === name)
    const error = exists ? undefined : await notCreated(engine, snapshot, name)
    if (error) throw error
  }
}

const lineSelection = ({ follow = false, since, until, tail }: LogsOptions): LineSelection => ({
  follow,
  since: sinceOption(since),
  until: untilOption(until),
  ...(tail !== undefined && tail !== 'all' && { tail: countOption('--tail', tail) }),
})

async function printLines(
  engine: Engine,
  container: OwnedContainer,
  { follow, since, until, tail }: LineSelection,
  print: PrintLine,
): Promise<void> {
  const isSelected = ({ time }: LogLine): boolean => time >= since && time <= until
  // The engine counts `tail` from the end of the log, which may be after `until`.
  const isCut = tail !== undefined && until < new Date().toISOString()
  const portions = engine.logs(container.address, { follow, ...(tail !== undefined && !isCut && { tail }) })
  if (!isCut) {
    for await (const lines of portions) for (const line of lines) if (isSelected(line)) print(container, line)
    return
  }
  const last = await lastLines(portions, tail, isSelected)
  for (const line of last) print(container, line)
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

function jsonPrinter(): PrintLine {
  const terminal = openTerminal()
  return ({ address: container }, { time, stream, bytes }) =>
    terminal.print(JSON.stringify({ container, time, stream, text: bytes.toString() }))
}

function textPrinter(containers: readonly OwnedContainer[], { raw, timestamps }: LogsOptions): PrintLine {
  const { style } = openTerminal()
  const prefixes = prefixesOf(containers, style)
  // Control characters are escaped on a terminal, unless --raw is given; elsewhere lines are copied byte by byte.
  const escaped = ({ stream, bytes }: LogLine): Buffer =>
    raw || !process[stream].isTTY ? bytes : Buffer.from(visibleColoured(bytes.toString()))
  return ({ address }, line) => {
    const prefix = `${prefixes.get(address) ?? ''}${timestamps ? `${style.dim(line.time)} ` : ''}`
    process[line.stream].write(Buffer.concat([Buffer.from(prefix), escaped(line), Buffer.from('\n')]))
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

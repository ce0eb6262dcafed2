import { parseAddress } from '../../../model/address.ts'
import { ExitCode } from '../../../model/errors.ts'
import { visibleColoured } from '../../../model/values/visible.ts'
import type { Engine, LogLine } from '../../../reconciler/engine.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { countOption, sinceOption } from '../../options.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly tail?: string
  readonly timestamps?: boolean
  readonly since?: string
  readonly raw?: boolean
}

/** Which lines are read. */
interface LineSelection {
  readonly follow: boolean
  /** ISO 8601, or '' for all lines. */
  readonly since: string
  readonly tail?: number
}

type PrintLine = (container: OwnedContainer, line: LogLine) => void

/**
 * `heropods logs`: prints the output of containers, oldest line first. With `-f` it follows them until they have exited and no run is
 * about to restart them. Raises `unknown-container`, `ambiguous-name`, `usage` (refused).
 */
export async function logs(names: readonly string[], options: LogsOptions): Promise<number> {
  return withEngine(options, async (engine) => {
    const all = ownedContainers(await engine.observe())
    const containers = names.length > 0 ? names.flatMap((name) => namedContainers(all, name)) : all
    const print = options.json ? jsonPrinter() : textPrinter(containers.length > 1, options)
    const selection = lineSelection(options)
    await Promise.all(containers.map((container) => printLines(engine, container, selection, print)))
    return ExitCode.done
  })
}

const lineSelection = ({ follow = false, since, tail }: LogsOptions): LineSelection => ({
  follow,
  since: sinceOption(since),
  ...(tail !== undefined && tail !== 'all' && { tail: countOption('--tail', tail) }),
})

async function printLines(
  engine: Engine,
  container: OwnedContainer,
  { since, ...selection }: LineSelection,
  print: PrintLine,
): Promise<void> {
  for await (const lines of engine.logs(container.address, selection))
    for (const line of lines) if (line.time >= since) print(container, line)
}

function jsonPrinter(): PrintLine {
  const terminal = openTerminal()
  return ({ address: container }, { time, stream, bytes }) =>
    terminal.print(JSON.stringify({ container, time, stream, text: bytes.toString() }))
}

function textPrinter(named: boolean, { raw, timestamps }: LogsOptions): PrintLine {
  const { style } = openTerminal()
  // Control characters are escaped on a terminal, unless --raw is given; elsewhere lines are copied byte by byte.
  const escaped = ({ stream, bytes }: LogLine): Buffer =>
    raw || !process[stream].isTTY ? bytes : Buffer.from(visibleColoured(bytes.toString()))
  return ({ address }, line) => {
    const name = named ? `${style.bold(parseAddress(address).name)} | ` : ''
    const prefix = `${name}${timestamps ? `${style.dim(line.time)} ` : ''}`
    process[line.stream].write(Buffer.concat([Buffer.from(prefix), escaped(line), Buffer.from('\n')]))
  }
}

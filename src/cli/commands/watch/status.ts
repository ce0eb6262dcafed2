import { setTimeout as delay } from 'node:timers/promises'
import { ExitCode, refuse } from '../../../model/errors.ts'
import type { WatchStatus } from '../../../model/status.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { renderStack, renderStatus } from '../../../report/status-text.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import { alive } from '../../../watch/http/health.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface StatusOptions extends CommonOptions {
  readonly watch?: boolean
}

/** Milliseconds between two readings with `--watch`. */
const interval = 500

/** The document of `status --json` (schemas/output/status.schema.json): `watched` is null while no watch runs. */
interface StatusDocument extends Pick<WatchStatus, 'stacks'> {
  readonly watched: Omit<WatchStatus, 'stacks'> | null
}

/**
 * `heropods status`: prints the status of stacks as watch publishes it, or, while no watch runs, as the host is observed. With `-w` it
 * prints again after each change. Raises `unknown-stack` (refused).
 */
export async function status(stack: string | undefined, options: StatusOptions): Promise<number> {
  const terminal = openTerminal()
  const print = await statusPrinter(terminal, options, stack)
  let printed = ''
  do {
    const current = await readStatus(options)
    if (stack !== undefined && !options.watch) requireStack(stack, current)
    const text = JSON.stringify([current.stacks, current.watched?.source])
    if (text !== printed) await print(current)
    printed = text
    if (options.watch) await delay(interval)
  } while (options.watch)
  return ExitCode.done
}

async function readStatus(options: CommonOptions): Promise<StatusDocument> {
  const { instance } = options
  const store = await openEvents({ host: localHost, ...(instance !== undefined && { instance }) })
  const known = await store?.status()
  await store?.close()
  if (known && alive(known, Date.now())) {
    const { stacks, ...watched } = known
    return { watched, stacks }
  }
  const { unwatchedStacks } = await import('./status-without-watch.ts')
  return { watched: null, stacks: await unwatchedStacks(options) }
}

type PrintStatus = (status: StatusDocument) => Promise<void>

async function statusPrinter(
  terminal: Terminal,
  options: StatusOptions,
  stack: string | undefined,
): Promise<PrintStatus> {
  const selected = (status: StatusDocument): StatusDocument =>
    stack === undefined ? status : { ...status, stacks: status.stacks.filter((one) => one.stack === stack) }
  const text = async (status: StatusDocument): Promise<string> => {
    const [only] = selected(status).stacks
    return stack !== undefined && only
      ? renderStack(only, terminal.style, terminal.cwd, status.watched !== null)
      : renderStatus(selected(status), terminal.style)
  }
  if (options.json) return async (status) => terminal.print(JSON.stringify(selected(status)))
  if (!options.watch || !terminal.live) return async (status) => terminal.print(await text(status))
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  return async (status) => log(terminal.escaped(await text(status)))
}

function requireStack(stack: string, { stacks }: StatusDocument): void {
  const known = stacks.map((one) => one.stack)
  if (known.includes(stack)) return
  throw refuse({
    code: 'unknown-stack',
    message: `There is no stack "${stack}".${didYouMean(stack, known)}`,
    hint: `Stacks: ${known.join(', ') || 'none'}.`,
  })
}

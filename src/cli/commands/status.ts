import { setTimeout as delay } from 'node:timers/promises'
import { ExitCode, refuse } from '../../model/errors.ts'
import type { WatchStatus } from '../../model/status.ts'
import { openEvents } from '../../reconciler/engine/events.ts'
import { renderStack, renderStatus } from '../../report/status-text.ts'
import { didYouMean } from '../../stack/check/suggest.ts'
import { alive } from '../../watch/http/health.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../context.ts'

export interface StatusOptions extends CommonOptions {
  readonly watch?: boolean
}

/** How often it is looked for something new, milliseconds. */
const pace = 500

/** What `status --json` prints (schemas/output/status.schema.json): `watched` is null where no watch is at work. */
interface StatusDocument extends Pick<WatchStatus, 'stacks'> {
  readonly watched: Omit<WatchStatus, 'stacks'> | null
}

/** `heropods status`: how stacks are, as the watch sees it; without one, as the host shows it. With `-w` as it changes. */
export async function status(stack: string | undefined, options: StatusOptions): Promise<number> {
  const terminal = openTerminal()
  const show = await shower(terminal, options, stack)
  let before = ''
  do {
    const found = await read(options)
    if (stack !== undefined && !options.watch) requireStack(stack, found)
    const text = JSON.stringify([found.stacks, found.watched?.source])
    if (text !== before) await show(found)
    before = text
    if (options.watch) await delay(pace)
  } while (options.watch)
  return ExitCode.done
}

async function read(options: CommonOptions): Promise<StatusDocument> {
  const { instance } = options
  const store = await openEvents({ environment: process.env, ...(instance !== undefined && { instance }) })
  const known = await store?.status()
  await store?.close()
  if (known && alive(known, Date.now())) {
    const { stacks, ...watched } = known
    return { watched, stacks }
  }
  const { unwatchedStacks } = await import('../unwatched-status.ts')
  return { watched: null, stacks: await unwatchedStacks(options) }
}

type Show = (found: StatusDocument) => Promise<void>

async function shower(terminal: Terminal, options: StatusOptions, stack: string | undefined): Promise<Show> {
  const chosen = (found: StatusDocument): StatusDocument =>
    stack === undefined ? found : { ...found, stacks: found.stacks.filter((one) => one.stack === stack) }
  const text = async (found: StatusDocument): Promise<string> => {
    const [one] = chosen(found).stacks
    return stack !== undefined && one
      ? renderStack(one, terminal.style, terminal.cwd)
      : renderStatus(chosen(found), terminal.style)
  }
  if (options.json) return async (found) => terminal.print(JSON.stringify(chosen(found)))
  if (!options.watch || !terminal.live) return async (found) => terminal.print(await text(found))
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  return async (found) => log(terminal.shown(await text(found)))
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

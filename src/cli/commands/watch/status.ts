import { setTimeout as delay } from 'node:timers/promises'
import { instanceFolders } from '../../../host/files/base-folders.ts'
import { ExitCode } from '../../../model/errors.ts'
import { isInOrder, type StackStatus, type WatchStatus } from '../../../model/status.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { failedLines, needsExplanation } from '../../../report/containers/failed-output.ts'
import { type LastWatch, renderStack, renderStatus } from '../../../report/status-text.ts'
import type { Style } from '../../../report/style.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'
import { requireStack } from './require-stack.ts'
import { watchState } from './running-watch.ts'

export interface StatusOptions extends CommonOptions {
  readonly watch?: boolean
  readonly exitCode?: boolean
}

/** Milliseconds between two readings with `--watch`. */
const intervalMs = 500

/** The document of `status --json` (schemas/output/status.schema.json): `watched` is null while no watch runs. */
interface StatusDocument extends Pick<WatchStatus, 'stacks'> {
  readonly watched: Omit<WatchStatus, 'stacks' | 'others'> | null
}

/**
 * `heropods status`: prints the status of stacks as watch publishes it, or, while no watch runs, as the host is observed. With `-w` it
 * prints again after each change. Raises `unknown-stack` (refused).
 */
export async function status(stack: string | undefined, options: StatusOptions): Promise<number> {
  const terminal = openTerminal()
  const print = await statusPrinter(terminal, options, stack)
  let printed = ''
  let shown: readonly StackStatus[] = []
  do {
    const current = await readStatus(options)
    if (stack !== undefined && !options.watch) requireStack(stack, current.document.stacks)
    const text = JSON.stringify([current.document.stacks, current.document.watched?.source, current.last])
    shown = current.document.stacks.filter((one) => stack === undefined || one.stack === stack)
    if (text !== printed) await print(current)
    printed = text
    if (options.watch) await delay(intervalMs)
  } while (options.watch)
  return options.exitCode && !shown.every(isInOrder) ? ExitCode.changes : ExitCode.done
}

/** `last`: the last report of a watch that does not run. */
interface CurrentStatus {
  readonly document: StatusDocument
  readonly last?: LastWatch
}

async function readStatus(options: CommonOptions): Promise<CurrentStatus> {
  const { instance } = options
  const store = await openEvents({ host: localHost, ...(instance !== undefined && { instance }) })
  const known = await store?.status()
  await store?.close()
  const state = known && (await watchState(localHost, instanceFolders(localHost.environment, instance), known))
  if (known && state === 'running') {
    const { stacks, others = [], ...watched } = known
    return { document: { watched, stacks: [...stacks, ...others] } }
  }
  const { unwatchedStacks } = await import('./status-without-watch.ts')
  const document = { watched: null, stacks: await unwatchedStacks(options) }
  return known
    ? { document, last: { pid: known.pid, heartbeat: known.heartbeat, isStuck: state === 'stuck' } }
    : { document }
}

type PrintStatus = (status: CurrentStatus) => Promise<void>

async function statusPrinter(
  terminal: Terminal,
  options: StatusOptions,
  stack: string | undefined,
): Promise<PrintStatus> {
  const selected = (status: StatusDocument): StatusDocument =>
    stack === undefined ? status : { ...status, stacks: status.stacks.filter((one) => one.stack === stack) }
  const described = async (status: StatusDocument): Promise<StatusDocument> => {
    const { watched, stacks } = selected(status)
    const isComplete = stack === undefined || watched === null || stacks.length === 0
    return { watched, stacks: isComplete ? stacks : await withLastChange(stacks, options) }
  }
  const text = async ({ document, last }: CurrentStatus): Promise<string> => {
    const shown = await described(document)
    const [only] = shown.stacks
    if (stack === undefined || !only) return renderStatus({ ...shown, ...(last && { last }) }, terminal.style)
    const rendered = await renderStack(only, terminal.style, terminal.cwd, document.watched !== null)
    return [rendered, ...(await failedText(only, options, terminal.style))].join('\n')
  }
  if (options.json) return async ({ document }) => terminal.print(JSON.stringify(await described(document)))
  if (!options.watch || !terminal.canRedraw) return async (status) => terminal.print(await text(status))
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  return async (status) => log(terminal.escaped(await text(status)))
}

/** The output of the containers that do not work, below the status of their stack. */
async function failedText(stack: StackStatus, options: CommonOptions, style: Style): Promise<readonly string[]> {
  if (!stack.objects.some(needsExplanation)) return []
  const { failedContainers } = await import('./failed-containers.ts')
  const failed = await failedContainers(stack, options)
  return failed.length === 0 ? [] : ['', ...failedLines(failed, style)]
}

/** The report of watch does not contain the history. */
async function withLastChange(stacks: readonly StackStatus[], options: CommonOptions): Promise<readonly StackStatus[]> {
  const { withEngine } = await import('../../engine-session.ts')
  const { withHistory } = await import('../../../reconciler/history/last-run.ts')
  const generations = await withEngine(options, (engine) => engine.generations())
  return stacks.map((one) => withHistory(one, generations))
}

import { setTimeout as delay } from 'node:timers/promises'
import { parseAddress } from '../model/address.ts'
import { ExitCode } from '../model/errors.ts'
import { visibleColoured } from '../model/values/visible.ts'
import { LogFollower } from '../providers/container/process/log-follower.ts'
import type { LogLine } from '../providers/container/process/logs.ts'
import { lookAt } from '../providers/container/process/run-state.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import { type CommonOptions, openTerminal } from './context.ts'
import { reading } from './instance-session.ts'
import { countOption, durationOption } from './options.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from './views.ts'

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly tail?: string
  readonly timestamps?: boolean
  readonly since?: string
  readonly raw?: boolean
}

/** `heropods logs`: what containers wrote, oldest first; with `-f` as it comes, until they have ended and nobody is at work on them. */
export async function logs(names: readonly string[], options: LogsOptions): Promise<number> {
  return reading(options, async (session) => {
    const all = ownedContainers(await observeAll(session))
    const wanted = names.length > 0 ? names.flatMap((name) => namedContainers(all, name)) : all
    const terminal = openTerminal()
    // What steers a terminal does so on request only; elsewhere lines are passed on byte by byte.
    const shown = ({ stream, bytes }: LogLine): Buffer =>
      options.raw || !process[stream].isTTY ? bytes : Buffer.from(visibleColoured(bytes.toString()))
    const show = (one: OwnedContainer, line: LogLine): void => {
      const { name } = parseAddress(one.address)
      const { time, stream, bytes } = line
      if (options.json)
        return terminal.print(JSON.stringify({ container: one.address, time, stream, text: bytes.toString() }))
      const prefix = `${wanted.length > 1 ? `${terminal.style.bold(name)} | ` : ''}${options.timestamps ? `${terminal.style.dim(time)} ` : ''}`
      process[stream].write(Buffer.concat([Buffer.from(prefix), shown(line), Buffer.from('\n')]))
    }
    const since =
      options.since === undefined ? '' : new Date(Date.now() - durationOption('--since', options.since)).toISOString()
    const tail = options.tail === undefined || options.tail === 'all' ? undefined : countOption('--tail', options.tail)
    await Promise.all(
      wanted.map((one) =>
        showLog(
          session,
          one,
          { tail, follow: options.follow ?? false },
          (line) => line.time >= since && show(one, line),
        ),
      ),
    )
    return ExitCode.done
  })
}

/** How often a log is looked at. Milliseconds. */
const interval = 100

async function showLog(
  session: Session,
  one: OwnedContainer,
  options: { readonly tail: number | undefined; readonly follow: boolean },
  show: (line: LogLine) => void,
): Promise<void> {
  const log = new LogFollower(session.reader, session.paths, one.address)
  const begun = [...(await log.next()), ...(options.follow ? [] : log.end())]
  for (const line of options.tail === undefined ? begun : begun.slice(begun.length - options.tail)) show(line)
  for (let goesOn = options.follow; goesOn; ) {
    await delay(interval)
    goesOn = await mayWrite(session, one)
    for (const line of await log.next()) show(line)
  }
  for (const line of log.end()) show(line)
}

/** Whether a container runs, is about to be started again, or is at the mercy of a run that is under way. */
async function mayWrite(session: Session, one: OwnedContainer): Promise<boolean> {
  const state = (await lookAt(session.readContext(), one.address))?.state
  if (state !== undefined && ['running', 'held', 'paused', 'created', 'restarting'].includes(state)) return true
  return (await session.lockHolder()) !== undefined
}

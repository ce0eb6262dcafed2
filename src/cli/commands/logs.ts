import { parseAddress } from '../../model/address.ts'
import { ExitCode } from '../../model/errors.ts'
import { visibleColoured } from '../../model/values/visible.ts'
import type { LogLine } from '../../reconciler/engine/logs.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { reading } from '../instance-session.ts'
import { countOption, durationOption } from '../options.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from '../views.ts'

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly tail?: string
  readonly timestamps?: boolean
  readonly since?: string
  readonly raw?: boolean
}

/** `heropods logs`: what containers wrote, oldest first; with `-f` as it comes, until they have ended and nobody is at work on them. */
export async function logs(names: readonly string[], options: LogsOptions): Promise<number> {
  return reading(options, async (engine) => {
    const all = ownedContainers(await engine.observe())
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
      wanted.map(async (one) => {
        const portions = engine.logs(one.address, {
          follow: options.follow ?? false,
          ...(tail !== undefined && { tail }),
        })
        for await (const lines of portions) for (const line of lines) if (line.time >= since) show(one, line)
      }),
    )
    return ExitCode.done
  })
}

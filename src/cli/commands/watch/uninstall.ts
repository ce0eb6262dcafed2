import { ExitCode } from '../../../model/errors.ts'
import { uninstallUnit, unitPath } from '../../../watch/service/install.ts'
import { watchUnits } from '../../../watch/service/unit.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface UnitOptions extends CommonOptions {
  /** Name of the systemd unit, without `.service`. */
  readonly name: string
}

/** `heropods watch uninstall`: stops and removes the service; containers keep running. */
export async function uninstall(options: UnitOptions): Promise<number> {
  const terminal = openTerminal()
  const path = unitPath(options.name)
  await uninstallUnit(localHost, watchUnits, options.name)
  if (options.json) terminal.print(JSON.stringify({ name: options.name, path, state: 'removed', text: null }))
  else terminal.print(`${path} is removed. Containers keep running.`)
  return ExitCode.done
}

import { realpathSync } from '../../../host/caller-files.ts'
import { instancePaths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import { bootSecretsFile, bootUnits, renderBootUnit } from '../../../watch/service/boot-unit.ts'
import { installUnit, uninstallUnit, unitPath } from '../../../watch/service/install.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { noteLeftOut, unitEnvironment } from '../watch/unit-environment.ts'
import { bootUnitName } from './unit-name.ts'

export interface BootUnitOptions extends CommonOptions {
  /** Name of the systemd unit, without `.service`. Default: `heropods-boot`, with the name of another instance than `default`. */
  readonly name?: string
}

interface InstallOptions extends BootUnitOptions {
  readonly print?: boolean
}

/**
 * `heropods boot install`: has systemd run `heropods boot` at each boot. The unit is enabled and not started now. Raises `no-systemd`,
 * `unit-foreign`, `bad-unit-name` (refused), `command-failed`.
 */
export async function install(options: InstallOptions): Promise<number> {
  const terminal = openTerminal()
  const { HOME, HEROPODS_DIR, CONTAINERS_DIR, HEROPODS_RUN_DIR, HEROPODS_REDIS_URL } = localHost.environment
  const { instance, data } = instancePaths(localHost.environment, options.instance)
  const name = bootUnitName(instance, options.name)
  const path = unitPath(name)
  const { environment, leftOut } = unitEnvironment({
    HOME,
    HEROPODS_DIR,
    CONTAINERS_DIR,
    HEROPODS_RUN_DIR,
    HEROPODS_REDIS_URL,
  })
  const script = realpathSync(process.argv[1] ?? '')
  const text = renderBootUnit({ node: process.execPath, script, instance, data, environment })
  if (!options.print) await installUnit(localHost, bootUnits, { name, text, start: false })
  const state = options.print ? 'printed' : 'enabled'
  if (options.json) terminal.print(JSON.stringify({ name, path, state, text }))
  else if (options.print) terminal.print(text)
  else terminal.print(`${path} is enabled. \`heropods boot status\` shows which containers start after a reboot.`)
  noteLeftOut(terminal, leftOut, bootSecretsFile)
  return ExitCode.done
}

/** `heropods boot uninstall`: removes the unit; containers keep running. Raises `no-systemd`, `unit-foreign`, `unit-missing` (refused). */
export async function uninstall(options: BootUnitOptions): Promise<number> {
  const terminal = openTerminal()
  const name = bootUnitName(instancePaths(localHost.environment, options.instance).instance, options.name)
  const path = unitPath(name)
  await uninstallUnit(localHost, bootUnits, name)
  if (options.json) terminal.print(JSON.stringify({ name, path, state: 'removed', text: null }))
  else
    terminal.print(`${path} is removed. Containers keep running; no container starts after a reboot without \`watch\`.`)
  return ExitCode.done
}

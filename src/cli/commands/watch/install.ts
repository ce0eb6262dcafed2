import { realpathSync } from '../../../host/caller-files.ts'
import { instancePaths, startingFolder } from '../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { installUnit, unitPath } from '../../../watch/service/install.ts'
import { renderUnit, secretsFile, watchUnits } from '../../../watch/service/unit.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal } from '../../terminal.ts'
import { type WatchSourceOptions, watchSource } from './source-options.ts'
import type { UnitOptions } from './uninstall.ts'
import { holdsPassword, noteLeftOut, unitEnvironment } from './unit-environment.ts'

interface InstallOptions extends UnitOptions, WatchSourceOptions {
  readonly print?: boolean
  readonly start: boolean
}

/**
 * `heropods watch install [FOLDER]`: runs `heropods watch` with the same options as a systemd service. Raises `secret-in-unit`,
 * `usage` and all that `watch` refuses.
 */
export async function install(folder: string | undefined, options: InstallOptions): Promise<number> {
  const terminal = openTerminal()
  // Refuses the options that the service would refuse. The repository may be named in a file that the service reads when it starts.
  const { HEROPODS_GIT_URL: url, HEROPODS_FORGE_TOKEN: token } = localHost.environment
  // The token may be in that file, too.
  watchSource(folder, options, { url, cwd: terminal.cwd, hasForgeToken: Boolean(token) || options.forge !== undefined })
  const path = unitPath(options.name)
  const args = watchArguments(process.argv.slice(2))
  refuseSecrets(args)
  // The service has another user than this command, so it gets the instance by name.
  const { instance } = instancePaths(localHost.environment, options.instance)
  const { environment, leftOut } = unitEnvironment({
    ...localHost.environment,
    ...(instance !== 'default' && { HEROPODS_INSTANCE: instance }),
  })
  const text = renderUnit({
    node: process.execPath,
    script: realpathSync(process.argv[1] ?? ''),
    args,
    cwd: startingFolder(folder === undefined ? [] : [folder]),
    environment,
  })
  if (!options.print) await installUnit(localHost, watchUnits, { name: options.name, text, start: options.start })
  const state = options.print ? 'printed' : options.start ? 'started' : 'enabled'
  if (options.json) terminal.print(JSON.stringify({ name: options.name, path, state, text }))
  else if (options.print) terminal.print(text)
  else terminal.print(`${path} is ${state}. \`journalctl -u ${options.name} -f\` shows its log.`)
  noteLeftOut(terminal, leftOut, secretsFile)
  return ExitCode.done
}

/** The arguments of `watch` from those of `watch install`: as they were typed, without the options of install. Pure. */
export function watchArguments(argv: readonly string[]): readonly string[] {
  const position = argv.indexOf('install')
  const typed = [...argv.slice(0, position), ...argv.slice(position + 1)]
  return typed.filter(
    (one, index) => !/^--(name|print|no-start|json)$|^--name=/.test(one) && typed[index - 1] !== '--name',
  )
}

/** Every user of the host can read a unit and the arguments of a process. */
function refuseSecrets(args: readonly string[]): void {
  if (args.some(holdsPassword))
    throw refusedError({
      code: 'secret-in-unit',
      message: 'The URL contains credentials, and every user of the host could read them in the unit.',
      hint: `Write it into ${secretsFile} (0600): HEROPODS_GIT_URL=..., or a variable that the stack reads with \`env\`.`,
    })
  if (args.some((one) => /^--var(=|$)/.test(one)))
    throw refusedError({
      code: 'secret-in-unit',
      message: 'Every user of the host could read the value of a variable (`--var`) in the unit.',
      hint: 'Use `--var-file FILE`, or set `env` of the variable.',
    })
}

import { realpathSync } from 'node:fs'
import { startingFolder } from '../../host/files/paths.ts'
import { LocalHost } from '../../host/local.ts'
import { ExitCode, refuse } from '../../model/errors.ts'
import { installUnit, uninstallUnit, unitPath } from '../../watch/service/install.ts'
import { renderUnit, secretsFile } from '../../watch/service/unit.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { type WatchSourceOptions, watchSource } from '../watch-source.ts'

interface UnitCommandOptions extends CommonOptions {
  readonly name: string
}

interface InstallOptions extends UnitCommandOptions, WatchSourceOptions {
  readonly print?: boolean
  readonly start: boolean
}

/** Variables that the service needs as they are now. */
const passed = [
  'HOME',
  'HEROPODS_DIR',
  'HEROPODS_RUN_DIR',
  'HEROPODS_INSTANCE',
  'HEROPODS_REDIS_URL',
  'HEROPODS_GIT_URL',
]
/** Variables that are for nobody's eyes, whatever their value. */
const secret = ['HEROPODS_HOOK_SECRET', 'HEROPODS_NOTIFY_URL', 'HEROPODS_NOTIFY_SECRET']
const holdsPassword = (text: string): boolean => /:\/\/[^/\s]*@/.test(text) && !/^(git\+)?ssh:\/\/[^/:]*@/.test(text)

/** `heropods watch install [FOLDER]`: runs `heropods watch` with the same options as a systemd service. */
export async function install(folder: string | undefined, options: InstallOptions): Promise<number> {
  const terminal = openTerminal()
  // What the service would refuse is refused here. Its repository may be named in a file that is read at its start.
  watchSource(folder, options, { url: process.env.HEROPODS_GIT_URL, cwd: terminal.cwd })
  const path = unitPath(options.name)
  const args = watchArguments(process.argv.slice(2))
  refuseSecrets(args)
  const stated = passed.filter((name) => process.env[name])
  const text = renderUnit({
    node: process.execPath,
    script: realpathSync(process.argv[1] ?? ''),
    args,
    cwd: startingFolder(folder === undefined ? [] : [folder]),
    environment: Object.fromEntries(
      stated.map((name) => [name, process.env[name] as string]).filter(([, value]) => !holdsPassword(value as string)),
    ),
  })
  const left = [...stated.filter((name) => holdsPassword(process.env[name] as string)), ...secret].filter(
    (name) => process.env[name],
  )
  if (!options.print) await installUnit(new LocalHost(), options.name, text, options.start)
  const state = options.print ? 'printed' : options.start ? 'started' : 'enabled'
  if (options.json) terminal.print(JSON.stringify({ name: options.name, path, state, text }))
  else if (options.print) terminal.print(text)
  else terminal.print(`${path} is ${state}. \`journalctl -u ${options.name} -f\` shows what it does.`)
  if (left.length > 0)
    terminal.note(`Not in the unit: ${left.join(', ')}. Write them into ${secretsFile} (0600) as NAME=VALUE.`)
  return ExitCode.done
}

/** `heropods watch uninstall`: stops and removes the service; containers run on. */
export async function uninstall(options: UnitCommandOptions): Promise<number> {
  const terminal = openTerminal()
  const path = unitPath(options.name)
  await uninstallUnit(new LocalHost(), options.name)
  if (options.json) terminal.print(JSON.stringify({ name: options.name, path, state: 'removed', text: null }))
  else terminal.print(`${path} is removed. Containers run on.`)
  return ExitCode.done
}

/** The command line of `watch` from that of `watch install`: as typed, without what is install's own. Pure. */
export function watchArguments(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('install')
  const typed = [...argv.slice(0, at), ...argv.slice(at + 1)]
  return typed.filter(
    (one, index) => !/^--(name|print|no-start|json)$|^--name=/.test(one) && typed[index - 1] !== '--name',
  )
}

/** A unit can be read by everyone, and so can the arguments of what runs. */
function refuseSecrets(args: readonly string[]): void {
  const hint = `Write it into ${secretsFile} (0600): HEROPODS_GIT_URL=..., or a variable that the stack reads with \`env\`.`
  if (args.some(holdsPassword))
    throw refuse({
      code: 'secret-in-unit',
      message: 'The URL holds credentials, which everyone could read in the unit.',
      hint,
    })
  if (args.some((one) => /^--var(=|$)/.test(one)))
    throw refuse({
      code: 'secret-in-unit',
      message: 'The value of a variable (`--var`) could be read by everyone in the unit.',
      hint: 'Give it with `--var-file`, or through the variable’s `env`.',
    })
}

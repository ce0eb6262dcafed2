import type { InteractiveProgram } from '../../host/contract/commands.ts'
import type { Host } from '../../host/host.ts'
import { HeroPodsError } from '../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'

/** A pane of tmux with a command. Numbers of panes begin with 0. */
export interface TmuxPane {
  /** The name of the instance. */
  readonly session: string
  readonly window: string
  readonly pane: number
  /** The title of the pane; undefined: tmux chooses it. */
  readonly title: string | undefined
  /** Replaces the command of a pane that exists. Else such a pane stays as it is. */
  readonly reset: boolean
  /** Program and arguments. tmux runs them without a shell. */
  readonly argv: readonly string[]
  /** Variables for the program. */
  readonly environment: Readonly<Record<string, string>>
}

/** `=` makes tmux compare the complete name, not its start. */
const sessionTarget = ({ session }: TmuxPane): string => `=${session}`
const windowTarget = (pane: TmuxPane): string => `=${pane.session}:=${pane.window}`
const paneTarget = (pane: TmuxPane): string => `${windowTarget(pane)}.${pane.pane}`

/** The number of panes by window; undefined: the session does not exist. */
export type TmuxWindows = ReadonlyMap<string, number> | undefined

/** The commands of tmux that make the pane. Pure. */
export function paneCommands(pane: TmuxPane, windows: TmuxWindows): readonly (readonly string[])[] {
  const variables = Object.entries(pane.environment).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  // tmux gives a single argument to a shell; `env` makes it two.
  const program = [...variables, '--', 'env', '--', ...pane.argv]
  const title = pane.title === undefined ? [] : [['select-pane', '-t', paneTarget(pane), '-T', pane.title]]
  const create = createCommand(pane, windows)
  const exists = windows?.get(pane.window) ?? (create ? 1 : 0)
  const splits = Array.from({ length: Math.max(0, pane.pane + 1 - exists) }, () => [
    ...['split-window', '-d', '-t', windowTarget(pane)],
  ])
  const made = [...(create ? [create] : []), ...splits]
  const last = made.at(-1)
  if (last !== undefined) return [...made.slice(0, -1), [...last, ...program], ...title]
  return pane.reset ? [['respawn-pane', '-k', '-t', paneTarget(pane), ...program], ...title] : []
}

function createCommand(pane: TmuxPane, windows: TmuxWindows): readonly string[] | undefined {
  if (windows === undefined) return ['new-session', '-d', '-s', pane.session, '-n', pane.window]
  return windows.has(pane.window) ? undefined : ['new-window', '-d', '-t', `${sessionTarget(pane)}:`, '-n', pane.window]
}

/** A pane whose command runs in a container. */
export interface ContainerPane extends Pick<TmuxPane, 'session' | 'pane' | 'title' | 'reset'> {
  /** undefined: the name of the container. */
  readonly window: string | undefined
  /** How HeroPods is called again. */
  readonly heropodsCommand: readonly string[]
  /** Program and arguments in the container. */
  readonly argv: readonly string[]
  /** Variables for the command in the container, NAME=VALUE. */
  readonly env: readonly string[]
}

/**
 * Variables that lead to the same instance. The URL of Redis may hold a password, which every user of the host would see in the list of
 * processes; `exec` needs no records.
 */
const instanceVariables = ['HEROPODS_DIR', 'CONTAINERS_DIR', 'HEROPODS_RUN_DIR']

/** Pure. */
export function tmuxPaneOf(
  environment: Readonly<NodeJS.ProcessEnv>,
  container: ResourceAddress,
  { window, heropodsCommand, argv, env, ...pane }: ContainerPane,
): TmuxPane {
  const { stack, name } = parseResourceAddress(container)
  const variables = env.flatMap((one) => ['-e', one])
  const exec = ['exec', '-it', '--instance', pane.session, ...variables, `${stack}/${name}`, '--', ...argv]
  return {
    ...pane,
    window: window ?? name,
    argv: [...heropodsCommand, ...exec],
    environment: Object.fromEntries(
      instanceVariables.flatMap((key) => (environment[key] === undefined ? [] : [[key, environment[key]]])),
    ),
  }
}

/** Makes a pane for a command in a container. Raises as `openPane`. */
export const openContainerPane = (host: Host, container: ResourceAddress, pane: ContainerPane): Promise<void> =>
  openPane(host, tmuxPaneOf(host.environment, container, pane))

/** The command that shows a session in the terminal of this process. */
export const attachCommand = (host: Host, session: string): InteractiveProgram => ({
  program: 'tmux',
  args: ['attach-session', '-t', `=${session}`],
  stdin: true,
  terminal: true,
  env: tmuxEnvironment(host),
  data: '',
  folder: '/run',
})

/** Makes the pane, with its session and its window if they do not exist. Raises `tool-missing`, `command-failed`. */
export async function openPane(host: Host, pane: TmuxPane): Promise<void> {
  for (const args of paneCommands(pane, await readWindows(host, pane))) await tmux(host, args)
}

async function readWindows(host: Host, pane: TmuxPane): Promise<TmuxWindows> {
  const listing = ['list-windows', '-t', sessionTarget(pane), '-F', '#{window_panes} #{window_name}']
  const { exitCode, missing, stdout } = await host.query({ program: 'tmux', args: listing, env: tmuxEnvironment(host) })
  if (missing)
    throw new HeroPodsError({
      code: 'tool-missing',
      message: 'The program tmux is not installed.',
      hint: 'Install the package tmux.',
    })
  if (exitCode !== 0) return undefined
  const lines = stdout.split('\n').filter((line) => line !== '')
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), Number.parseInt(line, 10)]))
}

/** A server of tmux that starts now lives on, so it must not hold the lock of this run. */
const tmux = (host: Host, args: readonly string[]) =>
  host.run({ program: 'tmux', args, env: tmuxEnvironment(host), leavesDaemon: true })

/** tmux finds its server by the folder of its socket. */
const tmuxEnvironment = ({ environment, system }: Host): Readonly<Record<string, string>> => ({
  HOME: system.home,
  ...(environment.TMUX_TMPDIR !== undefined && { TMUX_TMPDIR: environment.TMUX_TMPDIR }),
})

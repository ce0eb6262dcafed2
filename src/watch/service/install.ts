import { join } from 'node:path'
import type { Host, HostReader } from '../../host/host.ts'
import { refusedError } from '../../model/errors.ts'

const folder = '/etc/systemd/system'

/** The path of a unit. Raises `bad-unit-name` (refused). */
export function unitPath(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9:_.-]{0,200}$/.test(name)) return join(folder, `${name}.service`)
  throw refusedError({
    code: 'bad-unit-name',
    message: `${JSON.stringify(name)} is not a valid name of a unit.`,
    hint: 'Letters, digits, - . : and _, starting with a letter or digit; `.service` is added.',
  })
}

/** A kind of unit: the command that writes it, and its first line, by which it is recognized. */
export interface UnitKind {
  readonly command: 'watch' | 'boot'
  readonly mark: string
}

export interface NewUnit {
  readonly name: string
  readonly text: string
  readonly start: boolean
}

/** Writes the unit, enables it and, with `start`, (re)starts it and waits until it is ready. Raises `no-systemd`, `unit-foreign` (refused), `command-failed`. */
export async function installUnit(host: Host, kind: UnitKind, { name, text, start }: NewUnit): Promise<void> {
  const path = unitPath(name)
  await requireSystemd(host, kind)
  const before = await host.readFile(path)
  if (before !== undefined && !before.startsWith(kind.mark)) throw notOursError(path, kind)
  await host.writeFile(path, text, { mode: 0o644 })
  await systemctl(host, 'daemon-reload')
  await systemctl(host, 'enable', `${name}.service`)
  if (start) await systemctl(host, 'restart', `${name}.service`)
}

/** Stops and removes the unit; containers keep running. Raises `no-systemd`, `unit-foreign`, `unit-missing` (refused), `command-failed`. */
export async function uninstallUnit(host: Host, kind: UnitKind, name: string): Promise<void> {
  const path = unitPath(name)
  await requireSystemd(host, kind)
  const before = await host.readFile(path)
  if (before === undefined)
    throw refusedError({
      code: 'unit-missing',
      message: `There is no unit ${path}.`,
      hint: '`--name` names another one.',
    })
  if (!before.startsWith(kind.mark)) throw notOursError(path, kind)
  await systemctl(host, 'disable', '--now', `${name}.service`)
  await host.removeTree(path)
  await systemctl(host, 'daemon-reload')
}

/** The timeout is longer than the unit allows for a start and a stop. */
const systemctl = (host: Host, ...args: readonly string[]): Promise<unknown> =>
  host.run({ program: 'systemctl', args, timeoutMs: 1_200_000 })

/** The state of a unit. */
export interface UnitState {
  readonly path: string
  /** `absent`: there is no such unit. */
  readonly state: 'absent' | 'enabled' | 'disabled'
  /** The result of its last run since the host was booted, in the words of systemd, e.g. `success`; undefined: it has not run. */
  readonly lastResult?: string
}

/** The state of a unit. A unit of another program counts as absent. */
export async function unitState(host: HostReader, kind: UnitKind, name: string): Promise<UnitState> {
  const path = unitPath(name)
  if (!(await host.readFile(path))?.startsWith(kind.mark)) return { path, state: 'absent' }
  if (!(await hasSystemd(host))) return { path, state: 'disabled' }
  const args = ['show', '--property=UnitFileState,ActiveState,Result', `${name}.service`]
  const { stdout } = await host.query({ program: 'systemctl', args, timeoutMs: 30_000 })
  const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(stdout)?.[1] ?? ''
  const hasRun = value('ActiveState') !== 'inactive'
  const state = value('UnitFileState') === 'enabled' ? 'enabled' : 'disabled'
  return { path, state, ...(hasRun && { lastResult: value('Result') }) }
}

/** sd_booted(3). */
const hasSystemd = async (host: HostReader): Promise<boolean> => (await host.stat('/run/systemd/system')) !== undefined

async function requireSystemd(host: HostReader, { command }: UnitKind): Promise<void> {
  if (await hasSystemd(host)) return
  throw refusedError({
    code: 'no-systemd',
    message: 'systemd does not run on this host.',
    hint: `\`--print\` prints the unit; on other systems let the init system run \`heropods ${command}\`.`,
  })
}

const notOursError = (path: string, { command }: UnitKind) =>
  refusedError({
    code: 'unit-foreign',
    message: `${path} was not written by \`heropods ${command} install\`.`,
    hint: 'Choose another name with `--name`, or remove it yourself.',
  })

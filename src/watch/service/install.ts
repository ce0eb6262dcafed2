import { join } from 'node:path'
import type { Host, HostReader } from '../../host/host.ts'
import { refusedError } from '../../model/errors.ts'
import { unitMark } from './unit.ts'

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

/** Writes the unit, enables it and, with `start`, (re)starts it and waits until it is ready. Raises `no-systemd`, `unit-foreign` (refused), `command-failed`. */
export async function installUnit(host: Host, name: string, text: string, start: boolean): Promise<void> {
  const path = unitPath(name)
  await requireSystemd(host)
  const before = await host.readFile(path)
  if (before !== undefined && !before.startsWith(unitMark)) throw notOursError(path)
  await host.writeFile(path, text, { mode: 0o644 })
  await systemctl(host, 'daemon-reload')
  await systemctl(host, 'enable', `${name}.service`)
  if (start) await systemctl(host, 'restart', `${name}.service`)
}

/** Stops and removes the unit; containers keep running. Raises `no-systemd`, `unit-foreign`, `unit-missing` (refused), `command-failed`. */
export async function uninstallUnit(host: Host, name: string): Promise<void> {
  const path = unitPath(name)
  await requireSystemd(host)
  const before = await host.readFile(path)
  if (before === undefined)
    throw refusedError({
      code: 'unit-missing',
      message: `There is no unit ${path}.`,
      hint: '`--name` names another one.',
    })
  if (!before.startsWith(unitMark)) throw notOursError(path)
  await systemctl(host, 'disable', '--now', `${name}.service`)
  await host.removeTree(path)
  await systemctl(host, 'daemon-reload')
}

/** The timeout is longer than the unit allows for a start and a stop. */
const systemctl = (host: Host, ...args: readonly string[]): Promise<unknown> =>
  host.run({ program: 'systemctl', args, timeoutMs: 1_200_000 })

/** sd_booted(3). */
async function requireSystemd(host: HostReader): Promise<void> {
  if ((await host.stat('/run/systemd/system')) !== undefined) return
  throw refusedError({
    code: 'no-systemd',
    message: 'systemd does not run on this host.',
    hint: '`--print` prints the unit; on other systems let the init system run `heropods watch`.',
  })
}

const notOursError = (path: string) =>
  refusedError({
    code: 'unit-foreign',
    message: `${path} was not written by \`heropods watch install\`.`,
    hint: 'Choose another name with `--name`, or remove it yourself.',
  })

import { join } from 'node:path'
import { parse } from 'smol-toml'
import type { HostReader } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'

export interface Mirror {
  readonly location?: string
  readonly insecure?: boolean
}
export interface RegistryEntry extends Mirror {
  readonly prefix?: string
  readonly blocked?: boolean
  readonly mirror?: readonly Mirror[]
}

/** Places of the settings. `file`: value of CONTAINERS_REGISTRIES_CONF. `system`: folder of the host's settings. */
export interface SettingsPlaces {
  readonly file?: string | undefined
  readonly home: string
  readonly system: string
}

/**
 * Registries by their prefix. A later file replaces the entry of an earlier one for the same prefix (containers-registries.conf.d(5)).
 * Raises `registry-settings` (refused).
 */
export async function registriesOf(
  host: HostReader,
  places: SettingsPlaces,
): Promise<ReadonlyMap<string, RegistryEntry>> {
  const found = new Map<string, RegistryEntry>()
  for (const path of await settingsFiles(host, places)) {
    const conf = (await readParsed(host, path, parse)) as { registry?: readonly RegistryEntry[] } | undefined
    for (const { location, prefix = location, ...rest } of conf?.registry ?? [])
      found.set(plain(prefix ?? ''), { ...rest, ...(location !== undefined && { location: plain(location) }) })
  }
  return found
}

const plain = (name: string): string => name.replace(/\/+$/, '')

/** Paths of the settings files, in the order in which they are read. If the user has own settings, those of the host are ignored. */
async function settingsFiles(host: HostReader, { file, home, system }: SettingsPlaces): Promise<readonly string[]> {
  const own = join(home, '.config/containers')
  const isOwn = !file && (await host.statTarget(join(own, 'registries.conf'))) !== undefined
  const folders = isOwn ? [own] : [system, own]
  const dropped = await Promise.all(folders.map((folder) => droppedIn(host, join(folder, 'registries.conf.d'))))
  return [file || join(isOwn ? own : system, 'registries.conf'), ...dropped.flat()]
}

async function droppedIn(host: HostReader, folder: string): Promise<readonly string[]> {
  const paths = (await host.readDir(folder)).filter((name) => name.endsWith('.conf')).map((name) => join(folder, name))
  const stats = await Promise.all(paths.map((path) => host.stat(path)))
  return paths.filter((_, index) => stats[index]?.kind !== 'folder')
}

/** Reads and parses a settings file; undefined: there is none. Raises `registry-settings` (refused). */
export async function readParsed(
  host: HostReader,
  path: string,
  parseText: (text: string) => unknown,
): Promise<unknown> {
  const text = await host.readFile(path).catch(() => undefined)
  try {
    return text === undefined ? undefined : parseText(text)
  } catch (error) {
    throw refusedError({
      code: 'registry-settings',
      message: `${path} cannot be read: ${(error as Error).message.split('\n')[0]}.`,
      hint: 'Podman reads the same file: fix it, or move it away.',
    })
  }
}

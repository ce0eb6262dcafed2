import { basename, dirname, join } from 'node:path'
import { readInstanceSettings, writeInstanceSettings } from '../../../host/files/instance-settings.ts'
import type { Paths } from '../../../host/files/paths.ts'
import { usedInstance, usedInstancePath } from '../../../host/files/used-instance.ts'
import type { Host, HostReader } from '../../../host/host.ts'
import { refusedError } from '../../../model/errors.ts'
import { requireSettings } from '../../../model/instance/check-settings.ts'
import type { InstanceSettings } from '../../../model/instance/settings.ts'
import { libraryOwner } from '../../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'

/** True if an instance has data on the host. */
export const instanceExists = async (host: HostReader, { data }: Pick<Paths, 'data'>): Promise<boolean> =>
  (await namesIn(host, data)).length > 0

/** The instances with data in a base folder, sorted. */
export async function instanceNames(host: HostReader, base: string): Promise<readonly string[]> {
  const names = (await namesIn(host, base)).filter((name) => !name.startsWith('.'))
  const exist = await Promise.all(names.map((name) => instanceExists(host, { data: join(base, name) })))
  return names.filter((_, index) => exist[index])
}

/** Sorted names in a folder; none if it cannot be read. */
export const namesIn = (host: HostReader, folder: string): Promise<readonly string[]> =>
  host.readDir(folder).catch(() => [])

/** Raises `unknown-instance` (refused). */
export async function requireInstance(host: HostReader, paths: Paths): Promise<void> {
  if (await instanceExists(host, paths)) return
  throw refusedError({
    code: 'unknown-instance',
    message: `There is no instance "${paths.instance}".`,
    hint: `\`heropods instance ls\` lists them; \`heropods instance new ${paths.instance}\` makes it.`,
  })
}

/**
 * Records a new instance. Makes only its folder with the settings. Raises `already-exists` (refused), the errors of the settings, and those
 * of `requireUnused`.
 */
export async function createInstance(host: Host, paths: Paths, settings: InstanceSettings): Promise<void> {
  requireSettings(settings)
  if (await instanceExists(host, paths))
    throw refusedError({
      code: 'already-exists',
      message: `The instance "${paths.instance}" exists.`,
      hint: `Change its settings with \`heropods instance set ${paths.instance}\`, or use another name.`,
    })
  await requireUnused(host, paths, settings)
  await writeInstanceSettings(host, paths, settings)
}

/** Raises `foreign-object` (refused) if the settings of another instance beside this one name the same bridge. */
export async function requireUnused(host: HostReader, paths: Paths, { network }: InstanceSettings): Promise<void> {
  const bridge = network?.bridge
  if (bridge === undefined) return
  const base = dirname(paths.data)
  for (const name of await instanceNames(host, base)) {
    if (name === basename(paths.data)) continue
    const other = await readInstanceSettings(host, { ...paths, instance: name, data: join(base, name) })
    if (other.network?.bridge !== bridge) continue
    throw refusedError({
      code: 'foreign-object',
      message: `The bridge ${bridge} belongs to the instance "${name}".`,
      hint: 'Give each instance a bridge of its own, e.g. `--bridge hpstaging`.',
    })
  }
}

/** Forgets the containers and images that programs have defined one by one. */
export const forgetDefinitions = (host: Host, { data }: Pick<Paths, 'data'>): Promise<void> =>
  host.removeTree(join(data, 'library'))

/** Forgets the definitions of removed containers, so that programs can define others with the same names. */
export async function forgetContainers(
  host: Host,
  { data }: Pick<Paths, 'data'>,
  removed: readonly ResourceAddress[],
): Promise<void> {
  for (const address of removed) {
    const { stack, kind, name } = parseResourceAddress(address)
    if (stack === libraryOwner && kind === 'container')
      await host.removeFile(join(data, 'library/containers', `${name}.json`))
  }
}

/** Makes an instance the default of this user. */
export const useInstance = (host: Host, paths: Paths): Promise<void> =>
  host.writeFile(usedInstancePath(dirname(paths.data), host.environment), `${paths.instance}\n`, { mode: 0o644 })

/** The instance that this user has chosen beside these; undefined: none. */
export const chosenInstance = (host: HostReader, paths: Paths): string | undefined =>
  usedInstance(dirname(paths.data), host.environment)

/** Forgets an instance that users have chosen: its data is removed. */
export async function forgetChoices(host: Host, paths: Paths): Promise<void> {
  const folder = join(dirname(paths.data), '.use')
  for (const user of await namesIn(host, folder))
    if ((await host.readFile(join(folder, user)))?.trim() === paths.instance) await host.removeFile(join(folder, user))
  await host.removeEmptyDir(folder)
}

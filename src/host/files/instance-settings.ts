import { join } from 'node:path'
import { refusedError } from '../../model/errors.ts'
import { settingsFault, settingsShape } from '../../model/instance/check-settings.ts'
import type { InstanceSettings } from '../../model/instance/settings.ts'
import { parseAs } from '../../model/values/shape.ts'
import type { Host, HostReader } from '../host.ts'
import type { Paths } from './paths.ts'

export type { InstanceSettings, NetworkSettings } from '../../model/instance/settings.ts'

const settingsPath = (paths: Pick<Paths, 'data'>): string => join(paths.data, 'settings.json')

/**
 * The settings of an instance; without a file all are absent. Raises `record-damaged` (refused): with defaults instead, the next apply
 * would change its network.
 */
export async function readInstanceSettings(host: HostReader, paths: Paths): Promise<InstanceSettings> {
  const path = settingsPath(paths)
  const json = await host.readFile(path)
  if (json === undefined) return {}
  const { value, problem } = parseAs(settingsShape, json)
  const fault = value === undefined ? `${problem}.` : settingsFault(value)?.message
  if (fault === undefined && value !== undefined) return value
  throw refusedError({
    code: 'record-damaged',
    message: `The settings ${path} of the instance are damaged: ${fault}`,
    hint: `Correct the file, or remove it and set them again: \`heropods instance set ${paths.instance} --subnet SUBNET\`.`,
  })
}

/** Stores the settings. They stay until the data of the instance is deleted. */
export const writeInstanceSettings = (
  host: Host,
  paths: Pick<Paths, 'data'>,
  settings: InstanceSettings,
): Promise<void> => host.writeFile(settingsPath(paths), `${JSON.stringify(settings, undefined, 2)}\n`)

import { join } from 'node:path'
import { flag, listOf, object, optional, text } from '../../model/values/shape.ts'
import type { Host, HostReader } from '../host.ts'
import { readJson } from './json.ts'
import type { Paths } from './paths.ts'

/** Settings of the default network, which containers without `networks` join. Absent ones are those of the original HeroPods. */
export interface NetworkSettings {
  /** Name of the bridge; default `heropods0`. */
  readonly bridge?: string
  /** Default 10.10.0.0/24, or the next free subnet if it is in use. */
  readonly subnet?: string
  /** Address of the bridge; default the first address of the subnet. */
  readonly gateway?: string
  /** Name servers of the containers; default 8.8.8.8 and 8.8.4.4. */
  readonly dns?: readonly string[]
}

/** Settings of an instance that no stack declares. */
export interface InstanceSettings {
  readonly network?: NetworkSettings
  /** False: images are not pulled. Default true. */
  readonly use_podman?: boolean
}

const shape = object<InstanceSettings>({
  network: optional(
    object<NetworkSettings>({
      bridge: optional(text),
      subnet: optional(text),
      gateway: optional(text),
      dns: optional(listOf(text)),
    }),
  ),
  use_podman: optional(flag),
})

const settingsPath = (paths: Paths): string => join(paths.data, 'settings.json')

/** The settings of an instance; without a file all are absent. */
export const readInstanceSettings = async (host: HostReader, paths: Paths): Promise<InstanceSettings> =>
  (await readJson(host, settingsPath(paths), shape)) ?? {}

/** Stores the settings. They stay until the data of the instance is deleted. */
export const writeInstanceSettings = (host: Host, paths: Paths, settings: InstanceSettings): Promise<void> =>
  host.writeFile(settingsPath(paths), JSON.stringify(settings))

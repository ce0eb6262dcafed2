import { dirname } from 'node:path'
import { readInstanceSettings } from '../../host/files/instance-settings.ts'
import { refusedError } from '../../model/errors.ts'
import { changedSettings } from '../../model/instance/settings.ts'
import {
  createInstance,
  forgetChoices,
  instanceExists,
  instanceNames,
  requireInstance,
} from '../../reconciler/engine/instance/instances.ts'
import { requireNoWatch, requireRemovable, requireUnprotected } from '../../reconciler/engine/instance/remove.ts'
import { Instance, type InstanceOptions } from '../instance.ts'
import { inLibraryWords } from '../library-words.ts'
import { resetInstance } from './reset.ts'
import { type HeroPodsSettings, isUnchanged, recordedSettings } from './settings.ts'

/** A new instance: its places and settings. */
export interface NewOptions extends InstanceOptions, HeroPodsSettings {
  /** First destroy all objects of an existing instance, and the definitions of programs. Is done once and not stored. Default: false. */
  readonly reset?: boolean
}

export interface DeleteOptions extends Omit<InstanceOptions, 'name'> {
  /** First destroy all objects of the instance, with the data of its volumes. Default: false. */
  readonly destroy?: boolean
}

/** Records an instance. Raises `already-exists` (refused) if it exists with other settings, and the errors of the settings. */
export async function newInstance({ reset = false, ...options }: NewOptions): Promise<void> {
  const instance = new Instance(options)
  const { host, paths } = instance
  const settings = recordedSettings(options)
  if (!(await instanceExists(host, paths))) return createInstance(host, paths, settings)
  if (reset) {
    await resetInstance(instance)
    return instance.write((engine) => engine.configure(settings))
  }
  if (isUnchanged(await readInstanceSettings(host, paths), settings)) return
  throw refusedError({
    code: 'already-exists',
    message: `The instance "${paths.instance}" exists with other settings.`,
    hint: 'Use `HeroPods.set` to change them.',
  })
}

/** Changes the given settings of an instance; the others stay. Makes the instance if it does not exist. */
export async function setInstance(options: InstanceOptions & HeroPodsSettings): Promise<void> {
  const instance = new Instance(options)
  const { host, paths } = instance
  const settings = recordedSettings(options)
  if (!(await instanceExists(host, paths))) return createInstance(host, paths, settings)
  const known = await readInstanceSettings(host, paths)
  if (!isUnchanged(known, settings))
    await instance.write((engine) => engine.configure(changedSettings(known, settings)))
}

/** Makes the instance if `create` is set. Raises `unknown-instance` (refused). */
export async function findInstance(options: InstanceOptions, create: boolean): Promise<void> {
  const { host, paths } = new Instance(options)
  if (!create) await requireExisting(host, paths)
  else if (!(await instanceExists(host, paths))) await createInstance(host, paths, {})
}

export const hasInstance = (options: InstanceOptions): Promise<boolean> => {
  const { host, paths } = new Instance(options)
  return instanceExists(host, paths)
}

export const listInstances = (options: InstanceOptions): Promise<readonly string[]> => {
  const { host, paths } = new Instance(options)
  return instanceNames(host, dirname(paths.data))
}

/** Removes an instance with its data. */
export async function deleteInstance(options: InstanceOptions, destroy: boolean): Promise<void> {
  const instance = new Instance(options)
  await requireExisting(instance.host, instance.paths)
  await requireNoWatch(instance.host, instance.paths)
  if (destroy) {
    await instance.read(requireUnprotected)
    await resetInstance(instance, true)
  }
  await instance.write(async (engine) => {
    await requireRemovable(engine, true)
    await engine.tearDownIfEmpty()
    await engine.erase()
    await forgetChoices(instance.host, instance.paths)
  })
}

async function requireExisting(...place: Parameters<typeof requireInstance>): Promise<void> {
  await requireInstance(...place).catch((error: unknown) => {
    throw inLibraryWords(error)
  })
}

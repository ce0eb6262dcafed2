import { dirname, join } from 'node:path'
import { readInstanceSettings } from '../../../host/files/instance-settings.ts'
import { instancePaths, type Paths } from '../../../host/files/paths.ts'
import { ExitCode, HeroPodsError, toDiagnostic } from '../../../model/errors.ts'
import { type OriginalSettings, originalSettings } from '../../../model/instance/settings.ts'
import {
  forgetChoices,
  instanceNames,
  namesIn,
  requireInstance,
} from '../../../reconciler/engine/instance/instances.ts'
import { requireNoWatch, requireRemovable } from '../../../reconciler/engine/instance/remove.ts'
import { askOnTerminal } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal, printWarnings } from '../../terminal.ts'

/** `heropods instance ls`: lists the instances with data in the base folder; `*` marks the one that commands use. */
export async function instanceList(options: CommonOptions): Promise<number> {
  const own = instancePaths(localHost.environment)
  const base = dirname(own.data)
  const rows = await Promise.all(
    (await instanceNames(localHost, base)).map(async (name) => {
      const paths = instancePaths(localHost.environment, name)
      const { id, data } = paths
      const settings = await knownSettings(paths)
      return { name, id, containers: await containerCount(data), data, isDefault: name === own.instance, settings }
    }),
  )
  if (options.json)
    return printList(
      options,
      'instances',
      [],
      rows.map(({ settings, ...row }) => ({ ...row, ...settings })),
    )
  const headings = ['NAME', 'ID', 'CONTAINERS', 'BRIDGE', 'SUBNET', 'DNS', 'PODMAN', 'DATA']
  return printList(
    options,
    'instances',
    headings,
    rows.map(({ name, id, containers, data, isDefault, settings }) => ({
      name: isDefault ? `${name} *` : name,
      id,
      containers,
      bridge: settings?.bridge_name,
      subnet: settings?.subnet,
      dns: settings?.dns_servers,
      podman: settings && (settings.use_podman ? 'yes' : 'no'),
      data,
    })),
  )
}

async function containerCount(data: string): Promise<number> {
  const stacks = await namesIn(localHost, join(data, 'containers'))
  const names = await Promise.all(stacks.map((stack) => namesIn(localHost, join(data, 'containers', stack))))
  return names.flat().length
}

/** The settings of an instance; undefined with a warning if they are damaged, so that the others are listed. */
async function knownSettings(paths: Paths): Promise<OriginalSettings | undefined> {
  try {
    return originalSettings(await readInstanceSettings(localHost, paths))
  } catch (error) {
    printWarnings(error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)])
    return undefined
  }
}

export interface InstanceRemoveOptions extends CommonOptions {
  readonly deleteData?: boolean
  readonly yes?: boolean
}

/**
 * `heropods instance rm`: ends an instance without objects; with `--delete-data` it erases images, volumes and records too,
 * and asks before it on a terminal. Raises
 * `unknown-instance`, `watch-running`, `instance-in-use`, `volume-protected` (refused).
 */
export async function instanceRemove(name: string, options: InstanceRemoveOptions): Promise<number> {
  const paths = instancePaths(localHost.environment, name)
  await requireInstance(localHost, paths)
  await requireNoWatch(localHost, paths)
  return removeInstance(name, options)
}

const removeInstance = (name: string, options: InstanceRemoveOptions): Promise<number> =>
  withWriterEngine({ ...options, instance: name }, async (engine) => {
    await requireRemovable(engine, options.deleteData ?? false)
    const terminal = openTerminal()
    if (options.deleteData) {
      const question = `Erase the images, released volumes, history and secrets of the instance ${name}?`
      const refusal = await askOnTerminal(engine, question, options, terminal)
      if (refusal !== undefined) return refusal
    }
    await engine.tearDownIfEmpty()
    if (options.deleteData) {
      await engine.erase()
      await forgetChoices(localHost, engine.paths)
    }
    const result = options.deleteData ? 'removed' : 'ended'
    const text = options.deleteData
      ? `instance ${name} removed`
      : `instance ${name} ended: nothing of it runs. Its images, released volumes and records stay; \`heropods instance rm ${name} --delete-data\` erases them.`
    terminal.print(options.json ? JSON.stringify({ instance: name, result }) : text)
    return ExitCode.done
  })

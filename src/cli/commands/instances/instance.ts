import { dirname, join } from 'node:path'
import { readdirSync } from '../../../host/caller-files.ts'
import { instancePaths, watchLockPath } from '../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods instance ls`: lists the instances with data in the base folder. */
export async function instanceList(options: CommonOptions): Promise<number> {
  const base = dirname(instancePaths(localHost.environment, 'default').data)
  const names = entriesIn(base).filter((name) => entriesIn(join(base, name)).length > 0)
  const rows = names.map((name) => {
    const paths = instancePaths(localHost.environment, name)
    const stacks = entriesIn(join(paths.data, 'containers'))
    const containers = stacks.reduce((sum, stack) => sum + entriesIn(join(paths.data, 'containers', stack)).length, 0)
    return { name, id: paths.id, containers, data: paths.data }
  })
  return printList(options, 'instances', ['NAME', 'ID', 'CONTAINERS', 'DATA'], rows)
}

/** Sorted names in a folder; none if it cannot be read. */
const entriesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

export interface InstanceRemoveOptions extends CommonOptions {
  readonly deleteData?: boolean
}

/**
 * `heropods instance rm`: ends an instance without objects; with `--delete-data` it erases images, volumes and records too. Raises
 * `unknown-instance`, `watch-running`, `instance-in-use`, `volume-protected` (refused).
 */
export async function instanceRemove(name: string, options: InstanceRemoveOptions): Promise<number> {
  const paths = instancePaths(localHost.environment, name)
  if (entriesIn(paths.data).length === 0)
    throw refusedError({
      code: 'unknown-instance',
      message: `There is no instance "${name}".`,
      hint: '`heropods instance ls` lists them.',
    })
  if (await localHost.isLocked(watchLockPath(paths)))
    throw refusedError({
      code: 'watch-running',
      message: `\`heropods watch\` is running on the instance "${name}".`,
      hint: 'Stop it first: `heropods watch uninstall`, or end its process (`heropods status` shows the pid).',
    })
  return removeInstance(name, options)
}

const removeInstance = (name: string, options: InstanceRemoveOptions): Promise<number> =>
  withWriterEngine({ ...options, instance: name }, async (engine) => {
    const { observations } = await engine.observe()
    if (observations.size > 0)
      throw refusedError({
        code: 'instance-in-use',
        message: `The instance "${name}" still has ${observations.size} objects.`,
        hint: `Run \`heropods destroy --all --instance ${name}\` first.`,
      })
    const protectedVolumes = (await engine.volumes()).filter((volume) => volume.protect)
    if (options.deleteData && protectedVolumes.length > 0)
      throw refusedError({
        code: 'volume-protected',
        message: `Protected volumes have data here: ${protectedVolumes.map((volume) => volume.address).join(', ')}.`,
        hint: 'Declare each with `protect: false` in a stack of its name, apply, and run `heropods destroy --all --delete-data`.',
      })
    await engine.tearDown()
    if (options.deleteData) await engine.erase()
    const result = options.deleteData ? 'removed' : 'ended'
    const text = options.deleteData
      ? `instance ${name} removed`
      : `instance ${name} stopped; its images, released volumes and records stay (--delete-data erases them)`
    openTerminal().print(options.json ? JSON.stringify({ instance: name, result }) : text)
    return ExitCode.done
  })

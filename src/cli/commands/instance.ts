import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { instancePaths, watchLockPath } from '../../host/files/paths.ts'
import { isFree } from '../../host/lock.ts'
import { ExitCode, refuse } from '../../model/errors.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { writing } from '../instance-session.ts'
import { showList } from '../show-list.ts'

/** `heropods instance ls`: the instances that have anything below the base folder. */
export async function instanceList(options: CommonOptions): Promise<number> {
  const base = dirname(instancePaths(process.env, 'default').data)
  const names = readable(base).filter((name) => readable(join(base, name)).length > 0)
  const rows = names.map((name) => {
    const paths = instancePaths(process.env, name)
    const stacks = readable(join(paths.data, 'containers'))
    const containers = stacks.reduce((sum, stack) => sum + readable(join(paths.data, 'containers', stack)).length, 0)
    return { name, id: paths.id, containers, data: paths.data }
  })
  return showList(options, 'instances', ['NAME', 'ID', 'CONTAINERS', 'DATA'], rows)
}

const readable = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

export interface InstanceRemoveOptions extends CommonOptions {
  readonly deleteData?: boolean
}

/** `heropods instance rm`: an instance without objects goes; with --delete-data its images, volumes and records too. */
export async function instanceRemove(name: string, options: InstanceRemoveOptions): Promise<number> {
  const paths = instancePaths(process.env, name)
  if (readable(paths.data).length === 0)
    throw refuse({
      code: 'unknown-instance',
      message: `There is no instance "${name}".`,
      hint: '`heropods instance ls` lists them.',
    })
  if (!(await isFree(watchLockPath(paths))))
    throw refuse({
      code: 'watch-running',
      message: `\`heropods watch\` keeps the instance "${name}".`,
      hint: 'End it first: `heropods watch uninstall`, or by its pid (`heropods status` names it).',
    })
  return removeInstance(name, options)
}

const removeInstance = (name: string, options: InstanceRemoveOptions): Promise<number> =>
  writing({ ...options, instance: name }, async (engine) => {
    const { resources } = await engine.observe()
    if (resources.size > 0)
      throw refuse({
        code: 'instance-in-use',
        message: `The instance "${name}" still has ${resources.size} objects.`,
        hint: `Run \`heropods destroy --all --instance ${name}\` first.`,
      })
    const guarded = (await engine.volumes()).filter((volume) => volume.protect)
    if (options.deleteData && guarded.length > 0)
      throw refuse({
        code: 'volume-protected',
        message: `Protected volumes have data here: ${guarded.map((volume) => volume.address).join(', ')}.`,
        hint: 'State `protect: false`, apply, and destroy again.',
      })
    await engine.retire()
    if (options.deleteData) await engine.erase()
    const result = options.deleteData ? 'removed' : 'ended'
    const text = options.deleteData
      ? `instance ${name} removed`
      : `instance ${name} ended; its images, released volumes and records stay (--delete-data erases them)`
    openTerminal().print(options.json ? JSON.stringify({ instance: name, result }) : text)
    return ExitCode.done
  })

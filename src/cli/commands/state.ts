import { instanceFolders } from '../../host/files/base-folders.ts'
import { lockPath } from '../../host/files/paths.ts'
import { isFree, lockHeld, readHolder } from '../../host/lock.ts'
import { ExitCode, HeroPodsError } from '../../model/errors.ts'
import { clearLease } from '../../state/redis/redis.ts'
import { recordsUrl } from '../../state/redis/redis-url.ts'
import { type CommonOptions, openTerminal, tellError } from '../context.ts'
import { writing } from '../instance-session.ts'

/** `heropods refresh`: makes the records equal to what the host's objects say of themselves. */
export async function refresh(options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  return writing(
    options,
    async (engine) => {
      const result = await engine.refresh()
      if (options.json) terminal.print(JSON.stringify(result))
      else {
        for (const path of result.setAside) terminal.print(`! damaged, set aside: ${path}`)
        for (const at of result.rebuilt) terminal.print(`${terminal.style.added('+')} ${at} record rebuilt`)
        for (const at of result.recorded) terminal.print(`${terminal.style.added('+')} ${at} recorded`)
        for (const at of result.forgotten) terminal.print(`${terminal.style.removed('-')} ${at} forgotten`)
        const changes = [result.setAside, result.rebuilt, result.recorded, result.forgotten].flat()
        if (changes.length === 0) terminal.print('The records match the host.')
      }
      for (const one of result.failures) tellError(new HeroPodsError(one), options)
      return result.failures.length > 0 ? ExitCode.failed : ExitCode.done
    },
    { repairs: true },
  )
}

/** `heropods unlock`: ends a lease in Redis that a dead writer left. The host's own lock ends with its holder. */
export async function unlock(options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const paths = instanceFolders(process.env, options.instance)
  if (!(await isFree(lockPath(paths)))) throw lockHeld(await readHolder(lockPath(paths)))
  const url = recordsUrl(process.env)
  const cleared = await clearLease({ paths, ...(url !== undefined && { url }) })
  if (options.json) terminal.print(JSON.stringify({ cleared }))
  else terminal.print(cleared ? 'A dead writer’s lease was ended.' : 'Nothing was locked.')
  return ExitCode.done
}

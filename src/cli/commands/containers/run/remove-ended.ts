import { dirname } from 'node:path'
import { Instance } from '../../../../api/instance.ts'
import { ExitCode } from '../../../../model/errors.ts'
import { removeLeftOneOffs } from '../../../../reconciler/engine/one-off/remove.ts'
import type { Engine } from '../../../../reconciler/engine.ts'

/** Removes one-off containers that have ended, after the exit of one: DATA RUN INSTANCE. Returns the exit code. */
export async function removeEnded([data = '', run = '', name = '']: readonly string[]): Promise<number> {
  const instance = new Instance({ name, dir: dirname(data), runDir: dirname(run) })
  const remove = async (engine: Engine): Promise<void> => {
    await removeLeftOneOffs(engine)
    await engine.tearDownIfEmpty()
  }
  await instance.write(remove, undefined, { brief: true })
  return ExitCode.done
}

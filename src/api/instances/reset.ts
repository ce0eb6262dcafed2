import { forgetDefinitions } from '../../reconciler/engine/instance/instances.ts'
import { knownStacks } from '../../reconciler/history/recorded-stacks.ts'
import type { Instance } from '../instance.ts'
import { destroyStacks } from '../stacks.ts'

/** Destroys all objects of an instance, as `heropods destroy --all`, and the definitions of programs. `deleteData`: also the data of volumes. */
export async function resetInstance(instance: Instance, deleteData = false): Promise<void> {
  const { observations } = await instance.observe()
  const stacks = knownStacks(observations, [])
  if (stacks.length > 0) await destroyStacks(instance, stacks, { deleteData })
  await forgetDefinitions(instance.host, instance.paths)
}

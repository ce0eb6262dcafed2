import { shortHash } from '../host/files/paths.ts'
import { LocalHost } from '../host/local.ts'
import { isAddress } from '../model/address.ts'
import { HeroPodsError } from '../model/errors.ts'
import { containerExited } from '../providers/container/process/exited.ts'
import { writeContext } from '../reconciler/contexts.ts'
import { selfCommand } from './self.ts'

/** conmon's call at a container's end: DATA RUN INSTANCE CONTAINER INCARNATION. Needs no Redis and no stack. */
export async function exited([
  data = '',
  run = '',
  instance = '',
  container = '',
  incarnation = '',
]: readonly string[]): Promise<number> {
  const paths = { instance, id: shortHash(data, 8), data, run }
  if (!isAddress(container))
    throw new HeroPodsError({ code: 'usage', message: `"${container}" is not the address of a container.` })
  const write = writeContext(new LocalHost(), paths)
  await containerExited(write, container, Number(incarnation), selfCommand())
  return 0
}

import { shortHash } from '../../host/files/paths.ts'
import { isAddress } from '../../model/address.ts'
import { HeroPodsError } from '../../model/errors.ts'
import { answerExit } from '../../reconciler/engine/exited.ts'
import { selfCommand } from '../self.ts'

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
  await answerExit({ paths, container, incarnation: Number(incarnation), self: selfCommand() })
  return 0
}

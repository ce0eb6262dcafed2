import { shortHash } from '../../../host/files/paths.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import { isResourceAddress } from '../../../model/resource-address.ts'
import { answerExit } from '../../../reconciler/engine/exited.ts'
import { heropodsCommand } from '../../heropods-command.ts'
import { localHost } from '../../local-host.ts'

/**
 * The exit command of conmon: DATA RUN INSTANCE CONTAINER and the number of the run. Needs neither Redis nor a stack file. Returns the
 * exit code. Raises `usage`.
 */
export async function exited([
  data = '',
  run = '',
  instance = '',
  container = '',
  number = '',
]: readonly string[]): Promise<number> {
  const paths = { instance, id: shortHash(data, 8), data, run }
  if (!isResourceAddress(container))
    throw new HeroPodsError({ code: 'usage', message: `"${container}" is not the address of a container.` })
  await answerExit({ host: localHost, paths, container, run: Number(number), heropodsCommand: heropodsCommand() })
  return 0
}

import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { initPath } from '../oci/environment.ts'

const shells = ['sh', 'bash', 'ash', 'dash', 'zsh']

/** True if a container only runs a shell that has nothing to read, so that it ends at once. `args`: program and arguments. Pure. */
export function isBareShell(
  args: readonly string[],
  { tty, stdin_open }: Pick<ContainerSpec, 'tty' | 'stdin_open'>,
): boolean {
  const [program = '', ...others] = args[0] === initPath ? args.slice(2) : args
  return others.length === 0 && shells.includes(program.replace(/.*\//, '')) && !tty && !stdin_open
}

/** The warning about a shell that ends at once. Its subject is the container. */
export const bareShellText = 'only runs a shell without input, so it ends at once'
export const bareShellHint =
  'Add `command: [sleep, infinity]` or `keep_alive: true` to use it with `heropods exec`. For one shell: `heropods run --rm -it IMAGE`.'

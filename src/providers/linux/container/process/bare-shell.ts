import type { ContainerSpec } from '../../../../model/kinds/container.ts'

const shells = ['sh', 'bash', 'ash', 'dash', 'zsh']

/** True if a container only runs a shell that has nothing to read, so that it ends at once. `args`: program and arguments. Pure. */
export const isBareShell = (
  args: readonly string[],
  { tty, stdin_open }: Pick<ContainerSpec, 'tty' | 'stdin_open'>,
): boolean => args.length === 1 && shells.includes(args[0]?.replace(/.*\//, '') ?? '') && !tty && !stdin_open

/** The warning about a shell that has ended, as the end of a sentence whose subject is the container. */
export const bareShellText =
  'its command is a shell without input, so it has ended; `keep_alive: true` holds the container open for `heropods exec`'

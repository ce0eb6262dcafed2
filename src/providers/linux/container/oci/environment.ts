import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { nameOf } from '../../../../model/kinds/effective-config.ts'
import type { ResolvedUser } from './users.ts'

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Path of catatonit inside a container with `init: true`. */
export const initPath = '/dev/init'

/** Environment of a process: defaults of the runtime, then `env` of the container; the same name is replaced in its place. Pure. */
export function processEnvironment(
  spec: Pick<ContainerSpec, 'hostname' | 'tty'>,
  env: readonly string[],
  user: Pick<ResolvedUser, 'home'>,
): readonly string[] {
  const defaults = [defaultPath, `HOSTNAME=${spec.hostname}`, `HOME=${user.home}`, ...(spec.tty ? ['TERM=xterm'] : [])]
  return [...new Map([...defaults, ...env].map((text) => [nameOf(text), text])).values()]
}

import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResolvedUser } from './users.ts'

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Where catatonit is bound inside a container with `init: true`. */
export const initPath = '/dev/init'

/** Environment: the image's, then the container's own; the same name is replaced in its place. */
export function processEnvironment(
  spec: Pick<ContainerSpec, 'environment' | 'hostname' | 'tty'>,
  image: readonly string[],
  user: ResolvedUser,
): readonly string[] {
  const variables = new Map<string, string>()
  const start = [defaultPath, `HOSTNAME=${spec.hostname}`, `HOME=${user.home}`, ...(spec.tty ? ['TERM=xterm'] : [])]
  for (const text of [...start, ...image]) variables.set(text.split('=')[0] as string, text)
  for (const [name, value] of Object.entries(spec.environment)) variables.set(name, `${name}=${value}`)
  return [...variables.values()]
}

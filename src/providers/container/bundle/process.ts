import { refuse } from '../../../errors.ts'
import type { ImageConfig } from '../../image/spec.ts'
import type { ContainerSpec } from '../spec.ts'
import type { ResolvedUser } from './users.ts'

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Where catatonit is bound inside a container with `init: true`. */
export const initPath = '/dev/init'

/** argv of a container's process, by Docker's rules: an entrypoint of one's own drops the image's command. */
export function processArgs(
  spec: Pick<ContainerSpec, 'command' | 'entrypoint' | 'init'>,
  image: ImageConfig,
): readonly string[] {
  const entrypoint = spec.entrypoint ?? image.Entrypoint ?? []
  const command = spec.command ?? (spec.entrypoint === undefined ? (image.Cmd ?? []) : [])
  const args = [...entrypoint, ...command]
  return spec.init ? [initPath, '--', ...args] : args
}

/** Raises `no-command` (refused). */
export function requireProcess(spec: Pick<ContainerSpec, 'command' | 'entrypoint'>, image: ImageConfig): void {
  if (processArgs({ ...spec, init: false }, image).length > 0) return
  throw refuse({
    code: 'no-command',
    message: 'It has nothing to run: neither it nor its image states a command.',
    hint: 'Give it a `command:`.',
  })
}

/** Environment: the image's, then the container's own; the same name is replaced in its place. */
export function processEnvironment(
  spec: Pick<ContainerSpec, 'environment' | 'hostname' | 'tty'>,
  image: ImageConfig,
  user: ResolvedUser,
): readonly string[] {
  const variables = new Map<string, string>()
  const start = [defaultPath, `HOSTNAME=${spec.hostname}`, `HOME=${user.home}`, ...(spec.tty ? ['TERM=xterm'] : [])]
  for (const text of [...start, ...(image.Env ?? [])]) variables.set(text.split('=')[0] as string, text)
  for (const [name, value] of Object.entries(spec.environment)) variables.set(name, `${name}=${value}`)
  return [...variables.values()]
}

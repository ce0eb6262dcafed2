import { ociCapabilities } from '../../../../model/kinds/capabilities.ts'
import { nameOf } from '../../../../model/kinds/effective-config.ts'
import type { OciProcess } from './config.ts'
import { resolveUser } from './users.ts'

export interface ExecRequest {
  readonly args: readonly string[]
  /** NAME=VALUE; replaces variables of the container with the same name. */
  readonly env: readonly string[]
  readonly terminal: boolean
  readonly cwd?: string
  /** `user[:group]` and the texts of passwd and group of the container: crun takes numbers only. */
  readonly user?: { readonly name: string; readonly passwd: string; readonly group: string }
}

/** The process of an `exec` or a check: that of the container with another argv, and without more rights. Pure. */
export function execProcess(own: OciProcess, request: ExecRequest): OciProcess {
  const other = request.user && resolveUser(request.user.name, [], request.user.passwd, request.user.group)
  const user = other ? { uid: other.uid, gid: other.gid, additionalGids: other.additionalGids } : own.user
  const variables = new Map(own.env.map((text) => [nameOf(text), text]))
  if (other) variables.set('HOME', `HOME=${other.home}`)
  if (request.terminal && !variables.has('TERM')) variables.set('TERM', 'TERM=xterm')
  for (const text of request.env) variables.set(nameOf(text), text)
  return {
    ...own,
    terminal: request.terminal,
    args: request.args,
    env: [...variables.values()],
    cwd: request.cwd ?? own.cwd,
    user: { ...own.user, ...user },
    ...(own.capabilities && {
      capabilities: { ...ociCapabilities(own.capabilities.bounding, user.uid), bounding: own.capabilities.bounding },
    }),
  }
}

import { ociCapabilities } from '../../../../model/kinds/capabilities.ts'
import type { OciRlimit } from '../bundle/rlimits.ts'
import { resolveUser } from '../bundle/users.ts'

/** An OCI process, as far as exec changes it; the rest is kept as the container's own has it. */
export interface OciProcess {
  readonly terminal?: boolean
  readonly user: { readonly uid: number; readonly gid: number; readonly additionalGids?: readonly number[] }
  readonly args: readonly string[]
  readonly env: readonly string[]
  readonly cwd: string
  readonly rlimits?: readonly OciRlimit[]
  readonly capabilities?: { readonly bounding: readonly string[] }
}

export interface ExecRequest {
  readonly args: readonly string[]
  /** NAME=VALUE over the container's own. */
  readonly env: readonly string[]
  readonly terminal: boolean
  readonly cwd?: string
  /** `user[:group]` and the container's passwd and group to look it up in: crun takes numbers only. */
  readonly user?: { readonly stated: string; readonly passwd: string; readonly group: string }
}

/** The process of an exec: the container's own with another argv, and no more rights than that one has. Pure. */
export function execProcess(own: OciProcess, request: ExecRequest): OciProcess {
  const other = request.user && resolveUser(request.user.stated, [], request.user.passwd, request.user.group)
  const user = other ? { uid: other.uid, gid: other.gid, additionalGids: other.additionalGids } : own.user
  const variables = new Map(own.env.map((text) => [text.split('=')[0] as string, text]))
  if (other) variables.set('HOME', `HOME=${other.home}`)
  if (request.terminal && !variables.has('TERM')) variables.set('TERM', 'TERM=xterm')
  for (const text of request.env) variables.set(text.split('=')[0] as string, text)
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

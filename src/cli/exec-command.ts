import { statSync } from 'node:fs'
import { HeroPodsError, refuse } from '../errors.ts'
import { resolveInRoot } from '../host/in-root.ts'
import { interactive } from '../host/interactive.ts'
import { resolveUser } from '../providers/container/bundle/users.ts'
import { runtimeRoot } from '../providers/container/layout.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import { type CommonOptions, tellError } from './context.ts'
import { reading } from './look-commands.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from './views.ts'

export interface ExecOptions extends CommonOptions {
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly env?: readonly string[]
  readonly user?: string
  readonly workdir?: string
}

/** HeroPods itself failed; what the command answers is its own (Docker's convention). */
const ownFailure = 125

/** `heropods exec`: runs argv as it stands inside a container and exits with its code; 126 not executable, 127 not found. */
export async function exec(name: string, argv: readonly string[], options: ExecOptions): Promise<number> {
  try {
    const { runtime, args, root, path } = await reading(options, async (session) => {
      const all = ownedContainers(await observeAll(session))
      const one = namedContainers(all, name)[0] as OwnedContainer
      if (one.actual.pid === undefined || one.actual.id === undefined)
        throw refuse({
          code: 'not-running',
          message: `${one.address} is not running (${one.actual.state}).`,
          hint: '`heropods start` or `heropods apply` starts it.',
        })
      const user = options.user === undefined ? [] : await userArgs(session.reader, one, options.user)
      const environment = (await session.reader.readFile(`/proc/${one.actual.pid}/environ`)) ?? ''
      return {
        runtime: runtimeRoot(session.paths),
        args: [...user, ...commonArgs(options), one.actual.id, ...argv],
        root: `/proc/${one.actual.pid}/root`,
        path: /(?:^|\0)PATH=([^\0]*)/.exec(environment)?.[1] ?? '',
      }
    })
    const code = await interactive('crun', [`--root=${runtime}`, 'exec', ...args])
    return code === runtimeFailure ? whyNotRun(root, path, argv[0] ?? '') : code
  } catch (error) {
    tellError(error, options)
    return ownFailure
  }
}

/** What crun answers when it could not run a command; a command may answer the same. */
const runtimeFailure = 255

/** 127: there is no such program; 126: there is, and it cannot be run. */
function whyNotRun(root: string, path: string, program: string): number {
  const places = program.includes('/') ? [program] : path.split(':').map((folder) => `${folder}/${program}`)
  const found = places.map((place) => statSync(resolveInRoot(root, place), { throwIfNoEntry: false })).find(Boolean)
  if (found === undefined) return 127
  return found.isFile() && (found.mode & 0o111) !== 0 ? runtimeFailure : 126
}

function commonArgs(options: ExecOptions): readonly string[] {
  const terminal = options.tty ? ['--tty'] : []
  const folder = options.workdir === undefined ? [] : [`--cwd=${options.workdir}`]
  const variables = (options.env ?? []).map((text) => {
    if (!text.includes('='))
      throw new HeroPodsError(
        { code: 'usage', message: `-e ${text} has no value.`, hint: 'Write -e NAME=VALUE.' },
        { refused: true },
      )
    return `--env=${text}`
  })
  return [...terminal, ...folder, ...variables]
}

/** crun takes numbers only: names are looked up in the container's own files. */
async function userArgs(
  reader: { readFile(path: string): Promise<string | undefined> },
  one: OwnedContainer,
  stated: string,
): Promise<readonly string[]> {
  const root = `/proc/${one.actual.pid}/root`
  const read = async (path: string): Promise<string> => (await reader.readFile(resolveInRoot(root, path))) ?? ''
  const { uid, gid } = resolveUser(stated, [], await read('/etc/passwd'), await read('/etc/group'))
  return [`--user=${uid}:${gid}`]
}

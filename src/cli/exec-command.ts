import { statSync } from 'node:fs'
import { readInRoot, resolveInRoot } from '../host/files/in-root.ts'
import { crunEnvironment } from '../host/process/crun-environment.ts'
import { interactive } from '../host/process/interactive.ts'
import { HeroPodsError, refuse } from '../model/errors.ts'
import { bundleText } from '../providers/container/bundle/bundle.ts'
import { execArgs, ownProcess } from '../providers/container/process/exec.ts'
import { type ExecRequest, execProcess, type OciProcess } from '../providers/container/process/exec-process.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import { type CommonOptions, tellError } from './context.ts'
import { reading } from './instance-session.ts'
import { namedContainers, ownedContainers } from './views.ts'

export interface ExecOptions extends CommonOptions {
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly env?: readonly string[]
  readonly user?: string
  readonly workdir?: string
}

/** HeroPods itself failed; what the command answers is its own (Docker's convention). */
const ownFailure = 125
/** What crun answers when it could not run a command; a command may answer the same. */
const runtimeFailure = 255

/** `heropods exec`: runs argv as it stands inside a container and exits with its code; 126 not executable, 127 not found. */
export async function exec(name: string, stated: readonly string[], options: ExecOptions): Promise<number> {
  const argv = stated[0] === '--' ? stated.slice(1) : stated
  try {
    if (options.tty && !process.stdin.isTTY)
      throw refuse({
        code: 'not-a-terminal',
        message: 'Standard input is no terminal.',
        hint: 'Leave -t out; -i alone passes input on.',
      })
    const {
      args,
      folder,
      root,
      process: inside,
    } = await reading(options, (session) => prepare(session, name, argv, options))
    const code = await interactive('crun', args, {
      stdin: options.interactive ?? false,
      terminal: options.tty ?? false,
      env: crunEnvironment(),
      data: bundleText(inside),
      folder,
    })
    return code === runtimeFailure ? whyNotRun(root, inside, argv[0] ?? '') : code
  } catch (error) {
    tellError(error, options)
    return ownFailure
  }
}

async function prepare(session: Session, name: string, argv: readonly string[], options: ExecOptions) {
  const all = ownedContainers(await observeAll(session))
  const [one] = namedContainers(all, name)
  if (one.actual.pid === undefined || one.actual.id === undefined)
    throw refuse({
      code: 'not-running',
      message: `${one.address} is not running (${one.actual.state}).`,
      hint: '`heropods start` or `heropods apply` starts it.',
    })
  const root = `/proc/${one.actual.pid}/root`
  const own = await ownProcess({ host: session.reader, paths: session.paths }, one.address)
  if (own === undefined)
    throw refuse({
      code: 'needs-apply',
      message: `${one.address} is not whole.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  const request = requestOf(argv, options, (path) => readInRoot(root, path) ?? '')
  return {
    args: execArgs(session.paths, one.actual.id),
    folder: session.paths.run,
    root,
    process: execProcess(own, request),
  }
}

function requestOf(argv: readonly string[], options: ExecOptions, read: (path: string) => string): ExecRequest {
  for (const text of options.env ?? [])
    if (!text.includes('='))
      throw new HeroPodsError({ code: 'usage', message: `-e ${text} has no value.`, hint: 'Write -e NAME=VALUE.' })
  return {
    args: argv,
    env: options.env ?? [],
    terminal: options.tty ?? false,
    ...(options.workdir !== undefined && { cwd: options.workdir }),
    ...(options.user !== undefined && {
      user: {
        stated: options.user,
        passwd: read('/etc/passwd'),
        group: read('/etc/group'),
      },
    }),
  }
}

/** 127: there is no such program; 126: there is, and it cannot be run. */
function whyNotRun(root: string, { env }: OciProcess, program: string): number {
  const path = env.find((text) => text.startsWith('PATH='))?.slice('PATH='.length) ?? ''
  const places = program.includes('/') ? [program] : path.split(':').map((folder) => `${folder}/${program}`)
  const found = places.map((place) => statSync(resolveInRoot(root, place), { throwIfNoEntry: false })).find(Boolean)
  if (found === undefined) return 127
  return found.isFile() && (found.mode & 0o111) !== 0 ? runtimeFailure : 126
}

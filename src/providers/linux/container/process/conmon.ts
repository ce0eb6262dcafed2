import { join } from 'node:path'
import type { UnnamedFile } from '../../../../host/contract/files.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { Host, ProcessIdentity } from '../../../../host/host.ts'
import type { OciRuntimeCommand } from '../../../../host/oci-runtime.ts'
import { PathChanges } from '../../../../host/process/path-changes.ts'
import { findProgram } from '../../../../host/requirements.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { isRemovedAtExit } from '../../../../model/one-off/one-off.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { attachFolder, containerLayout, exitFolder, runtimeRoot } from '../layout.ts'
import { exitMarker } from './exit-command.ts'

export interface Supervised {
  readonly process: ProcessIdentity
  readonly conmon: ProcessIdentity | undefined
}

export interface ConmonCall {
  readonly container: ResourceAddress
  readonly id: string
  readonly run: number
  readonly spec: Pick<ContainerSpec, 'tty' | 'stdin_open' | 'logging' | 'labels'>
  /** Program of the container, for messages. */
  readonly program: string
  readonly runtime: OciRuntimeCommand
  /** Program and arguments that run HeroPods again when the container exits. */
  readonly heropodsCommand: readonly string[]
}

/** A create that takes longer has failed. Milliseconds. */
const createTimeoutMs = 60_000

/** argv of conmon for one run. Pure. */
export function conmonArgs(paths: Paths, call: ConmonCall, find: string): readonly string[] {
  const { container, id, spec, runtime, heropodsCommand } = call
  const { run, bundle, log } = containerLayout(paths, container)
  // `find` costs little. It starts HeroPods only if the marker exists.
  const callback = [...heropodsCommand, '__exited', paths.data, paths.run, paths.instance, container, String(call.run)]
  const exitArgs = [exitMarker(paths, container), '-maxdepth', '0', '-exec', ...callback, ';']
  return [
    ...['--api-version', '1', '--cid', id, '--cuuid', id, '--name', id],
    ...['--runtime', runtime.program],
    ...[...runtime.args, `--root=${runtimeRoot(paths)}`].flatMap((one) => ['--runtime-arg', one]),
    ...['--bundle', bundle, '--container-pidfile', join(run, 'pid'), '--conmon-pidfile', join(run, 'conmon.pid')],
    ...['--exit-dir', exitFolder(paths), '--socket-dir-path', attachFolder(paths)],
    // conmon drops lines at this size. HeroPods rotates the log at a smaller size.
    ...['--log-path', `k8s-file:${log}`, '--log-size-max', String(spec.logging.max_size * (spec.logging.max_file + 1))],
    ...['--log-level', 'error', '--no-sync-log'],
    ...(spec.tty ? ['--terminal'] : []),
    ...(spec.stdin_open ? ['--stdin'] : []),
    ...['--exit-command', find, ...exitArgs.flatMap((one) => ['--exit-command-arg', one])],
  ]
}

/**
 * Creates a container under conmon. conmon answers through a file: with a pipe it would end together with this process. The file has
 * no name, so a kill leaves nothing of it. Raises `container-not-created` with the message of the runtime.
 */
export async function createSupervised(write: WriteContext, call: ConmonCall): Promise<Supervised> {
  const { run } = containerLayout(write.paths, call.container)
  const { pid, message } = await create(write, call, await write.host.unnamedFile(run, ''))
  const process = pid === undefined ? undefined : await write.host.processIdentity(pid)
  if (pid === undefined || pid < 0) throw notCreatedError(call, message)
  // conmon makes these files readable for all. Their folder is readable only by root.
  for (const name of ['pid', 'conmon.pid']) await write.host.setMode(join(run, name), 0o600).catch(() => undefined)
  const conmonPid = Number(await write.host.readFile(join(run, 'conmon.pid')))
  if (process === undefined) throw notCreatedError(call, 'its process ended before it was started')
  return { process, conmon: conmonPid > 1 ? await write.host.processIdentity(conmonPid) : undefined }
}

async function create(write: WriteContext, call: ConmonCall, answer: UnnamedFile): Promise<ConmonReply> {
  try {
    const find = (await findProgram(write.host, 'find')) ?? 'find'
    await write.host.run(
      {
        program: 'conmon',
        // After an out-of-memory kill conmon creates the file `oom` in its working folder.
        cwd: containerLayout(write.paths, call.container).run,
        args: conmonArgs(write.paths, call, find),
        // conmon refuses arguments that its locale cannot read.
        env: { _OCI_SYNCPIPE: '3', LC_ALL: 'C.UTF-8', ...removalEnvironment(write, call) },
        descriptors: [answer.descriptor],
        leavesDaemon: true,
      },
      write.abortSignal,
    )
    return await awaitReply(write.host, answer)
  } finally {
    answer.close()
  }
}

/** A removal needs the records; the restart of a container does not. The URL may hold a password, so it is not an argument. */
function removalEnvironment({ host }: WriteContext, { spec }: ConmonCall): Readonly<Record<string, string>> {
  const { HEROPODS_REDIS_URL: url } = host.environment
  return isRemovedAtExit(spec) && url !== undefined ? { HEROPODS_REDIS_URL: url } : {}
}

interface ConmonReply {
  readonly pid?: number
  readonly message: string
}

async function awaitReply(host: Host, file: UnnamedFile): Promise<ConmonReply> {
  const changes = new PathChanges(host, `/proc/self/fd/${file.descriptor}`)
  try {
    for (const deadline = Date.now() + createTimeoutMs; Date.now() < deadline; await changes.next(createTimeoutMs)) {
      const reply = parseReply(file.read())
      if (reply !== undefined) return reply
    }
    return { message: `no answer within ${createTimeoutMs / 1000} s` }
  } finally {
    changes.close()
  }
}

/** The answer in the text that conmon has written; undefined: none yet. Pure. */
function parseReply(text: string): ConmonReply | undefined {
  const line = text.split('\n').find((one) => one.startsWith('{') && one.endsWith('}'))
  if (line === undefined) return undefined
  const reply = JSON.parse(line) as { data?: number; pid?: number; message?: string }
  return { pid: reply.data ?? reply.pid ?? -1, message: reply.message ?? '' }
}

const notCreatedError = ({ container, program }: ConmonCall, message: string): HeroPodsError =>
  new HeroPodsError({
    code: 'container-not-created',
    message: `${container} could not be created with the program ${JSON.stringify(program)}: ${message.trim() || 'the runtime gave no reason'}.`,
    hint: 'Check its command, user, mounts and devices against the image.',
    address: container,
  })

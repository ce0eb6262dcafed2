import { join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import { inParallel } from '../../../../host/in-parallel.ts'
import { type OciRuntimeCommand, withCreateCommand } from '../../../../host/oci-runtime.ts'
import { HeroPodsError, toDiagnostic } from '../../../../model/errors.ts'
import { handlesExit } from '../../../../model/kinds/restart-policy.ts'
import { isRemovedAtExit } from '../../../../model/one-off/one-off.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { runOf } from '../../../../model/run.ts'
import type { OnItemFinished, OnItemStarted, WriteContext } from '../../../provider.ts'
import { runtimeId } from '../../run-names.ts'
import { setBlockIo } from '../apply/change-limits.ts'
import type { Prepared } from '../apply/prepare.ts'
import { attachFolder, containerLayout, exitFolder, runtimeRoot } from '../layout.ts'
import { withCompiledFilter } from '../oci/config.ts'
import { configText } from '../oci/config-text.ts'
import { configPath } from '../oci/read-config.ts'
import { parseHardLimits } from '../oci/rlimits.ts'
import { cachedFilter, keepFilter } from '../oci/seccomp-cache.ts'
import { writeRunning } from '../record.ts'
import { noteVerified, stableAfterMs } from '../verified.ts'
import { awaitHold } from './await-hold.ts'
import { bareShellHint, bareShellText, isBareShell } from './bare-shell.ts'
import { createSupervised, type Supervised } from './conmon.ts'
import { exitMarker } from './exit-command.ts'
import { recordExit } from './exit-record.ts'
import { startProcess, waitUntilStable } from './start.ts'

export interface LaunchOptions {
  /** Program and arguments that run HeroPods again. */
  readonly heropodsCommand: readonly string[]
  /** How long a process must have run before its start counts as done, milliseconds, default `verify` of the container. */
  readonly stableMs?: number
  readonly restarts?: number
  /** Hold the container open instead of running its entrypoint. */
  readonly held?: boolean
  /** The container only waits: `attach` runs its entrypoint. */
  readonly awaitsAttach?: boolean
}

/** Callbacks of a launch. */
export interface LaunchListener {
  /** The process of the container is stable, or its start has failed. */
  readonly finished: OnItemFinished
  /** The process runs. Called after the last start of a batch, so that the containers that wait for these are one batch again. */
  readonly started?: OnItemStarted | undefined
}

/** The start of a run that is prepared: config.json is written, conmon creates the container, and its process starts. */

/** Number of descriptors that this process needs for itself, and for each start. */
const [ownDescriptors, descriptorsPerStart] = [48, 10]

/** How many containers start at the same time: four for each CPU, limited by the descriptors of this process. */
async function parallelism(host: HostReader): Promise<number> {
  const most =
    parseHardLimits((await host.readFile('/proc/self/limits')) ?? '').get('nofile') ?? Number.POSITIVE_INFINITY
  return Math.max(1, Math.min(4 * host.system.cpus, Math.floor((most - ownDescriptors) / descriptorsPerStart)))
}

/** Starts prepared containers, several at a time. */
export async function launch(
  write: WriteContext,
  prepared: readonly Prepared[],
  options: LaunchOptions,
  { finished, started }: LaunchListener,
): Promise<void> {
  if (prepared.length === 0) return
  const { host, paths } = write
  for (const folder of [runtimeRoot(paths), exitFolder(paths), attachFolder(paths)]) await host.makeDir(folder)
  const compiling = new Map<string, Promise<unknown>>()
  const running: ResourceAddress[] = []
  const settling: Promise<void>[] = []
  const start = async (runtime: OciRuntimeCommand, one: Prepared): Promise<void> => {
    const container = one.record.owner
    try {
      const run = await startOne(write, one, runtime, options, compiling)
      running.push(container)
      settling.push(
        settle(write, one, run, options).then(
          () => finished(container, {}),
          (error: unknown) => finished(container, { error }),
        ),
      )
    } catch (error) {
      finished(container, {
        error: new HeroPodsError({ ...toDiagnostic(error), address: container }, { cause: error }),
      })
    }
  }
  const together = await parallelism(host)
  await withCreateCommand(host, (runtime) =>
    host.inOwnCgroup(() => inParallel(prepared, together, (one) => start(runtime, one))),
  )
  if (started) for (const container of running) started(container)
  await Promise.all(settling)
}

/** Waits until a start is done. The end of a job is recorded, so that a reboot does not run it again. */
async function settle(write: WriteContext, one: Prepared, started: Started, options: LaunchOptions): Promise<void> {
  const { record } = one
  const { id, supervised, startedAt } = started
  try {
    const { args } = one.config.process
    const stableMs = one.isVerified ? 0 : (options.stableMs ?? record.spec.verify ?? stableAfterMs)
    await waitUntilStable(write, record.owner, { id, process: supervised.process, args, startedAt }, stableMs)
    if (stableMs > 0) await noteVerified(write, record)
    if (record.spec.keep_alive) await awaitHold(write, record.owner)
    else if (isBareShell(one.config.process.args, record.spec) && !(await write.host.isAlive(supervised.process)))
      write.progress(record.owner, `${bareShellText}. ${bareShellHint}`)
  } finally {
    // Otherwise the callback records it.
    if (!handlesExit(record.spec, options.held ?? false)) await recordExit(write, record.owner)
  }
}

interface Started {
  readonly id: string
  readonly supervised: Supervised
  readonly startedAt: number
}

async function startOne(
  write: WriteContext,
  one: Prepared,
  runtime: OciRuntimeCommand,
  options: LaunchOptions,
  compiling: Map<string, Promise<unknown>>,
): Promise<Started> {
  const { owner, spec, run } = one.record
  const { log } = containerLayout(write.paths, owner)
  const id = runtimeId(runOf(owner, run))
  const [program = ''] = one.config.process.args
  await write.host.makeDir(join(log, '..'))
  const create = async (filter: Buffer | undefined): Promise<Supervised> => {
    const config = filter === undefined ? one.config : withCompiledFilter(one.config, filter)
    await write.host.writeFile(configPath(write.paths, owner), configText(config))
    return createSupervised(write, {
      container: owner,
      id,
      run,
      spec,
      program,
      runtime,
      heropodsCommand: options.heropodsCommand,
    })
  }
  const supervised = await createWithFilter(write, one, id, compiling, create)
  const startedAt = Date.now()
  await writeRunning(write, owner, {
    id,
    run,
    process: supervised.process,
    conmon: supervised.conmon,
    startedAt: new Date(startedAt).toISOString(),
    restarts: options.restarts ?? 0,
    held: options.held ?? false,
    stamps: one.stamps,
    ...(one.imageMs !== undefined && { imageMs: one.imageMs }),
  })
  await markExits(write, one, options)
  await setOwnBlockIo(write, one, id, supervised)
  await startProcess(write, id, supervised.process)
  return { id, supervised, startedAt }
}

/** Not by crun, whose versions write different files. A process without its limits does not start. */
async function setOwnBlockIo(
  write: WriteContext,
  { record }: Prepared,
  id: string,
  created: Supervised,
): Promise<void> {
  const { owner, spec } = record
  if (spec.blkio_config === undefined) return
  try {
    await setBlockIo(write, owner, id, spec.blkio_config)
  } catch (error) {
    await write.host.kill(created.process.pid, 'SIGKILL')
    throw error
  }
}

/** Compiling a filter costs more than the rest of a start. The first container with a filter compiles it for the next ones. */
async function createWithFilter(
  write: WriteContext,
  { filter }: Prepared,
  id: string,
  compiling: Map<string, Promise<unknown>>,
  create: (filter: Buffer | undefined) => Promise<Supervised>,
): Promise<Supervised> {
  if (filter === undefined) return create(undefined)
  const ahead = compiling.get(filter.key)
  const known = (ahead ?? Promise.resolve()).then(() => cachedFilter(write, filter.key))
  const compiled = known.then(async (cached) => {
    const supervised = await create(cached)
    if (cached === undefined) await keepFilter(write, filter.key, join(runtimeRoot(write.paths), id))
    return supervised
  })
  if (ahead === undefined) {
    const ready = known.then((cached) => (cached ? undefined : compiled))
    compiling.set(
      filter.key,
      ready.catch(() => undefined),
    )
  }
  return compiled
}

/** conmon calls HeroPods after an exit only if a restart policy or `keep_alive` applies, or the container is to be removed. */
async function markExits(write: WriteContext, { record }: Prepared, options: LaunchOptions): Promise<void> {
  if (handlesExit(record.spec, options.held ?? false) || isRemovedAtExit(record.spec))
    await write.host.writeFile(exitMarker(write.paths, record.owner), '')
  else await write.host.removeTree(exitMarker(write.paths, record.owner))
}

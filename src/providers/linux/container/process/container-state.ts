import { join } from 'node:path'
import { type CgroupHost, freezerOf } from '../../../../host/cgroup.ts'
import { readJson } from '../../../../host/files/json.ts'
import type { ContainerActual, RunState } from '../../../../model/kinds/container.ts'
import type { ObservedContainer } from '../../../../model/kinds/readiness.ts'
import { mayComplete, startsAfterStop } from '../../../../model/kinds/restart-policy.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ContainerExit } from '../../../operations.ts'
import type { ReadContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { healthOf } from '../health/record.ts'
import type { HealthState } from '../health/state.ts'
import { containerLayout, runtimeRoot } from '../layout.ts'
import { bootIdOf, type ContainerRecord, type Running, readRecord, readRunning } from '../record.ts'
import { type Waiting, waitingRecord } from '../record-shape.ts'
import { storedExit, wasOutOfMemory } from './exit-record.ts'
import { exitCodeOf } from './read-exit-code.ts'

type Reader = Pick<ReadContext, 'host' | 'paths'> & Partial<Pick<ReadContext, 'once'>>

/** The run state of a container, from its records, its process and its cgroup. */
export async function runStateOf(
  read: Reader,
  record: ContainerRecord,
  running: Running | undefined,
  cgroups: CgroupHost,
): Promise<RunEnd> {
  // A callback that waits to start it again writes a file.
  const isAwaited = async (): Promise<boolean> => read.host.isAlive(await readWaiting(read, record.owner))
  if (running === undefined || running.run !== record.run)
    return (await restarting(read, record.owner)) ?? (await stateWithoutRun(read, record, running))
  if (await read.host.isAlive(running.process)) {
    const created = (await read.host.stat(join(runtimeRoot(read.paths), running.id, 'exec.fifo'))) !== undefined
    if (created) return { state: (await isAwaited()) ? 'restarting' : 'created' }
    const { file, thawed } = freezerOf(cgroups, cgroupOf(read.paths, running.id))
    if (((await read.host.readFile(file)) ?? thawed).trim() !== thawed) return { state: 'paused' }
    return { state: running.held ? 'held' : 'running' }
  }
  const code = await exitCodeOf(read.host, read.paths, running.id)
  const outOfMemory = code !== 0 && (await wasOutOfMemory(read, running))
  const end = { ...(code !== undefined && { exitCode: code }), ...(outOfMemory && { outOfMemory }) }
  if (record.stopped) return { state: 'stopped', ...end }
  const awaited = await restarting(read, record.owner)
  if (awaited !== undefined) return { ...awaited, ...end }
  return { state: code === 0 && mayComplete(record.spec) ? 'completed' : 'exited', ...end }
}

/** The state of a container whose last run is not in the run folder: its start is in progress, or the host was booted since. */
async function stateWithoutRun(read: Reader, record: ContainerRecord, running: Running | undefined): Promise<RunEnd> {
  const exit = running === undefined ? await storedExit(read, record.owner, record.run) : undefined
  const end = stateAfterBoot(record, exit)
  const isOfEarlierBoot = !record.stopped && record.boot !== undefined && record.boot !== (await bootIdOf(read.host))
  return exit === undefined && end.state === 'absent' && isOfEarlierBoot ? { ...end, exitLost: true } : end
}

/** The state of a container that has not run since the host was booted. `exit`: of its last run, if it ended before. Pure. */
export function stateAfterBoot(
  { spec, stopped }: Pick<ContainerRecord, 'spec' | 'stopped'>,
  exit: Pick<ContainerExit, 'exitCode' | 'outOfMemory'> | undefined,
): RunEnd {
  const end = exit && { exitCode: exit.exitCode, ...(exit.outOfMemory && { outOfMemory: true }) }
  if (stopped) return { state: startsAfterStop(spec) ? 'absent' : 'stopped', ...end }
  if (exit === undefined) return { state: 'absent' }
  return { state: exit.exitCode === 0 && mayComplete(spec) ? 'completed' : 'exited', ...end }
}

/** A run state, with the details of the last exit. */
interface RunEnd extends Pick<ContainerActual, 'exitCode' | 'exitLost' | 'outOfMemory' | 'nextStart'> {
  readonly state: RunState
}

const readWaiting = ({ host, paths }: Reader, container: ResourceAddress): Promise<Waiting | undefined> =>
  readJson<Waiting>(host, containerLayout(paths, container).waiting, waitingRecord)

/** The state of a container that a callback starts again; undefined: no callback waits. */
async function restarting(read: Reader, container: ResourceAddress): Promise<RunEnd | undefined> {
  const waiting = await readWaiting(read, container)
  if (waiting === undefined || !(await read.host.isAlive(waiting))) return undefined
  const { exitCode, outOfMemory, number, at } = waiting
  return {
    state: 'restarting',
    ...(exitCode !== undefined && { exitCode }),
    ...(outOfMemory && { outOfMemory }),
    ...(number !== undefined && at !== undefined && { nextStart: { number, at } }),
  }
}

/** The state of one container, without its network and limits. */
export interface Inspected {
  readonly record: ContainerRecord
  readonly running: Running | undefined
  readonly state: RunState
  readonly exitCode?: number
  readonly outOfMemory?: boolean
  /** undefined: it has no health check, or is not running. */
  readonly health?: HealthState
}

/** Reads the state of one container without starting a command; undefined: it does not exist. */
export async function inspect(read: Reader, container: ResourceAddress): Promise<Inspected | undefined> {
  const [record, running] = await Promise.all([
    readRecord(read.host, read.paths, container),
    readRunning(read.host, read.paths, container),
  ])
  if (record === undefined) return undefined
  const found = await runStateOf(read, record, running, await read.host.cgroups())
  const health = found.state === 'running' && running ? await healthOf(read, record.spec, running.id) : undefined
  return { record, running, ...found, ...(health && { health }) }
}

/** The same as an observation, to check readiness or a dependency. Pure. */
export const asObserved = ({
  record,
  running,
  health,
  state,
  exitCode,
  outOfMemory,
}: Inspected): Exclude<ObservedContainer, undefined> => ({
  spec: record.spec,
  actual: {
    state,
    restarts: running?.restarts ?? 0,
    ...(exitCode !== undefined && { exitCode }),
    ...(outOfMemory && { outOfMemory }),
    ...(health && { health: health.status }),
  },
})

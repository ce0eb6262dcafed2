import type { NewEvent } from '../../model/event.ts'
import { type ContainerActual, hasProcess } from '../../model/kinds/container.ts'
import { unhealthyText } from '../../model/kinds/readiness.ts'
import { exitText } from '../../model/kinds/text/exit-text.ts'
import { memoryKillsText } from '../../model/kinds/text/memory-text.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'

/** A container in one observation, as far as the next one is compared with it. */
export interface ObservedContainer {
  readonly state: ContainerActual['state']
  /** Number of its start. A container that was replaced begins with 1 again. */
  readonly run: number
  /** RFC 3339; undefined: it has not started. */
  readonly startedAt?: string
  /** The last run that was observed after its start. The number of a run is recorded before it starts. */
  readonly startedRun?: number
  readonly health: ContainerActual['health']
  /** Number of restarts by its restart policy. */
  readonly restarts: number
  /** Processes that were killed because of a lack of memory, while the container runs. */
  readonly memoryKills?: number
  /** A run of HeroPods has stopped it since. */
  readonly stoppedInRun?: true
}

type Containers = ReadonlyMap<ResourceAddress, ObservedContainer>

/** The containers of an observation. Pure. */
export const observedContainers = (resources: ReadonlyMap<ResourceAddress, Observation>): Containers =>
  new Map(
    [...resources].flatMap(([address, one]) => {
      if (!isOwned(one, 'container')) return []
      const { state, run, startedAt, health, restarts, memoryKills } = one.actual
      const details = { ...(startedAt !== undefined && { startedAt }), ...(memoryKills && { memoryKills }) }
      return [[address, { state, run, health, restarts, ...details }] as const]
    }),
  )

interface Details extends Pick<ContainerActual, 'exitCode' | 'outOfMemory' | 'lastCheck'> {
  /** Bytes; undefined or 0: it has none. */
  readonly memoryLimit?: number
}
type MakeEvent = (type: NewEvent['type'], level: NewEvent['level'], reason: string, text: string) => NewEvent

const oomEvent = (event: MakeEvent): NewEvent =>
  event('container.oom', 'error', 'OutOfMemory', 'ran out of memory and was killed')

const exitEvents = (event: MakeEvent, { exitCode, outOfMemory = false }: Details): readonly NewEvent[] => [
  ...(outOfMemory ? [oomEvent(event)] : []),
  event(
    'container.exited',
    'warning',
    'Exited',
    `exited with code ${exitCode === undefined ? 'unknown' : exitText({ exitCode, outOfMemory })}`,
  ),
]

/** True if the run of a container has started. Between two runs of a restart policy this is not known. */
const hasStarted = ({ state }: ObservedContainer): boolean =>
  hasProcess(state) || state === 'exited' || state === 'completed'

const startedRunOf = (one: ObservedContainer | undefined): number | undefined =>
  one && hasStarted(one) ? one.run : one?.startedRun

/** True for a container that was replaced: the number of its run can be the same. */
const isOtherStart = (earlier: ObservedContainer | undefined, { startedAt }: ObservedContainer): boolean =>
  earlier?.startedAt !== undefined && startedAt !== undefined && earlier.startedAt !== startedAt

/** The number of a run is recorded before its start. */
const isCreated = ({ state }: ObservedContainer): boolean => state === 'created' || state === 'absent'

/** The event of a start, or of each restart by the restart policy since the last observation. */
function startEvents(
  event: MakeEvent,
  earlier: ObservedContainer | undefined,
  one: ObservedContainer,
): readonly NewEvent[] {
  const { state, run, restarts } = one
  const last = startedRunOf(earlier)
  if (!hasStarted(one) || (run === last && !isOtherStart(earlier, one))) return []
  const isNew = earlier === undefined || earlier.run === 0 || (isCreated(earlier) && last === undefined)
  if (isNew || restarts === 0) {
    const text = isNew ? 'was started' : 'was restarted'
    return state === 'running' ? [event('container.started', 'info', 'Started', text)] : []
  }
  const count = Math.min(restarts, Math.max(1, run - (last ?? run)))
  return Array.from({ length: count }, (_, index) => {
    const text = `exited and was restarted (restart ${restarts - count + 1 + index})`
    return event('container.restarted', 'warning', 'RestartPolicy', text)
  })
}

/** A container that HeroPods stops during a run leaves no exit code. */
const wasStopped = ({ exitCode, outOfMemory }: Details): boolean => exitCode === undefined && outOfMemory !== true

/**
 * True if a run of HeroPods that is in progress may have stopped the container. The next observation decides: a container that was to be
 * replaced or removed has another run then, or is gone.
 */
const mayBePlanned = (
  earlier: ObservedContainer | undefined,
  one: ObservedContainer,
  details: Pick<Details, 'outOfMemory'>,
): boolean =>
  earlier !== undefined &&
  one.state === 'exited' &&
  earlier.state !== 'exited' &&
  one.run === earlier.run &&
  !details.outOfMemory

/** The event of processes that the kernel has killed since the last observation, while their container runs on. */
function memoryEvents(
  event: MakeEvent,
  earlier: ObservedContainer | undefined,
  { run, memoryKills = 0 }: ObservedContainer,
  { memoryLimit }: Details,
): readonly NewEvent[] {
  const known = run === earlier?.run ? (earlier.memoryKills ?? 0) : 0
  if (memoryKills <= known) return []
  return [
    event('container.oom', 'warning', 'OutOfMemory', `runs on, with ${memoryKillsText(memoryKills, memoryLimit)}`),
  ]
}

function healthEvents(
  event: MakeEvent,
  earlier: ObservedContainer | undefined,
  { health }: ObservedContainer,
  { lastCheck }: Details,
): readonly NewEvent[] {
  if (health === earlier?.health) return []
  if (health === 'healthy') return [event('container.healthy', 'info', 'Healthy', 'is healthy')]
  return health === 'unhealthy' ? [event('container.unhealthy', 'warning', 'Unhealthy', unhealthyText(lastCheck))] : []
}

/** The containers to compare the next observation with. An exit that may be planned is left out until then. Pure. */
export const comparedNext = (
  before: Containers,
  now: Containers,
  actualOf: (container: ResourceAddress) => Details,
  hasRun: boolean,
): Containers =>
  new Map(
    [...now].map(([address, one]) => {
      const earlier = before.get(address)
      if (hasRun && earlier && mayBePlanned(earlier, one, actualOf(address))) {
        const stopped = wasStopped(actualOf(address)) ? ({ stoppedInRun: true } as const) : {}
        return [address, { ...earlier, ...stopped }] as const
      }
      const startedRun = hasStarted(one) ? one.run : startedRunOf(earlier)
      return [address, { ...one, ...(startedRun !== undefined && { startedRun }) }] as const
    }),
  )

/** The events of containers between two observations. `hasRun`: a run of HeroPods was in progress at or between them. Pure. */
export function containerEvents(
  before: Containers,
  now: Containers,
  actualOf: (container: ResourceAddress) => Details,
  hasRun = false,
): readonly NewEvent[] {
  return [...now].flatMap(([address, one]) => {
    const { stack, name } = parseResourceAddress(address)
    const event: MakeEvent = (type, level, reason, text) => ({
      type,
      level,
      reason,
      message: `${name} ${text}.`,
      stack,
      address,
    })
    const earlier = before.get(address)
    const events: NewEvent[] = []
    const details = actualOf(address)
    if (hasRun && mayBePlanned(earlier, one, details)) return []
    if (earlier && one.state !== earlier.state && one.state === 'restarting' && details.outOfMemory)
      events.push(oomEvent(event))
    events.push(...startEvents(event, earlier, one))
    if (earlier && one.state !== earlier.state && one.state === 'exited') {
      const stopped = event('container.exited', 'info', 'Stopped', 'was stopped')
      events.push(...((hasRun || earlier.stoppedInRun) && wasStopped(details) ? [stopped] : exitEvents(event, details)))
    }
    if (earlier && one.state !== earlier.state && one.state === 'completed')
      events.push(event('container.exited', 'info', 'Completed', 'completed'))
    events.push(...memoryEvents(event, earlier, one, details), ...healthEvents(event, earlier, one, details))
    return events
  })
}

import type { NewEvent } from '../../model/event.ts'
import type { ContainerActual } from '../../model/kinds/container.ts'
import { exitCodeText, unhealthyText } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'

/** A container in one observation, as far as the next one is compared with it. */
export interface ObservedContainer {
  readonly state: ContainerActual['state']
  /** Number of its start. */
  readonly run: number
  readonly health: ContainerActual['health']
}

/** The containers of an observation. Pure. */
export const observedContainers = (
  resources: ReadonlyMap<ResourceAddress, Observation>,
): ReadonlyMap<ResourceAddress, ObservedContainer> =>
  new Map(
    [...resources].flatMap(([address, one]) => {
      if (!isOwned(one, 'container')) return []
      const { state, run, health } = one.actual
      return [[address, { state, run, health }] as const]
    }),
  )

type Details = Pick<ContainerActual, 'exitCode' | 'outOfMemory' | 'lastCheck'>
type MakeEvent = (type: NewEvent['type'], level: NewEvent['level'], reason: string, text: string) => NewEvent

const exitEvents = (event: MakeEvent, { exitCode, outOfMemory }: Details): readonly NewEvent[] => [
  ...(outOfMemory ? [event('container.oom', 'error', 'OutOfMemory', 'ran out of memory and was killed')] : []),
  event('container.exited', 'warning', 'Exited', `exited with code ${exitCodeText(exitCode, outOfMemory)}`),
]

/** A container that HeroPods stops during a run leaves no exit code. */
const wasStopped = ({ exitCode, outOfMemory }: Details): boolean => exitCode === undefined && outOfMemory !== true

/** The events of containers between two observations. `hasRun`: a run of HeroPods was in progress at or between them. Pure. */
export function containerEvents(
  before: ReadonlyMap<ResourceAddress, ObservedContainer>,
  now: ReadonlyMap<ResourceAddress, ObservedContainer>,
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
    if (earlier && one.state !== earlier.state && one.state === 'exited') {
      const details = actualOf(address)
      const stopped = event('container.exited', 'info', 'Stopped', 'was stopped')
      events.push(...(hasRun && wasStopped(details) ? [stopped] : exitEvents(event, details)))
    }
    if (earlier && one.state !== earlier.state && one.state === 'completed')
      events.push(event('container.exited', 'info', 'Completed', 'completed'))
    if (one.state === 'running' && one.run !== earlier?.run) {
      const first = earlier === undefined || earlier.run === 0
      events.push(event('container.started', 'info', 'Started', first ? 'was started' : 'was restarted'))
    }
    if (one.health !== earlier?.health && one.health === 'healthy')
      events.push(event('container.healthy', 'info', 'Healthy', 'is healthy'))
    if (one.health !== earlier?.health && one.health === 'unhealthy')
      events.push(event('container.unhealthy', 'warning', 'Unhealthy', unhealthyText(actualOf(address).lastCheck)))
    return events
  })
}

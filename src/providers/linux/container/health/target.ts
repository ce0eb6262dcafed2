import type { ContainerSpec, HealthCheck } from '../../../../model/kinds/container.ts'
import { isOwned, type Observation, ownedSpecs } from '../../../../model/observation.ts'
import { type ResourceAddress, sharedContainer } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { inspect } from '../process/container-state.ts'
import { readRecord } from '../record.ts'
import { readHealthCheck } from './record.ts'

/** A running container with a health check, and the values that a check needs. */
export interface HealthTarget {
  readonly container: ResourceAddress
  readonly run: number
  /** Id of the run for crun. */
  readonly id: string
  readonly pid: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly check: HealthCheck
  /** Address at which the host reaches it; undefined: none. */
  readonly host: string | undefined
}

type Reader = Pick<ReadContext, 'host' | 'paths'> & Partial<Pick<ReadContext, 'once'>>
type Specs = (container: ResourceAddress) => Promise<ContainerSpec | undefined>

/** The containers of a snapshot that can be checked now. Reads the images of containers that set no check. */
export async function healthTargets(
  read: Reader,
  resources: ReadonlyMap<ResourceAddress, Observation>,
): Promise<readonly HealthTarget[]> {
  const known = ownedSpecs(resources, 'container')
  const specs: Specs = async (container) => known.get(container)
  const found: HealthTarget[] = []
  for (const [container, one] of resources) {
    if (!isOwned(one, 'container') || one.spec === undefined) continue
    const { state, id, pid, startedAt, run } = one.actual
    if (state !== 'running' || id === undefined || pid === undefined || startedAt === undefined) continue
    const { spec } = one
    const check = await readHealthCheck(read, spec)
    const began = Date.parse(startedAt)
    if (check) found.push({ container, run, id, pid, startedAt: began, check, host: await reach(spec, specs) })
  }
  return found
}

/** The target of one container, read from the host; undefined: it is not running or has no check. */
export async function readTarget(read: Reader, container: ResourceAddress): Promise<HealthTarget | undefined> {
  const look = await inspect(read, container)
  if (look?.state !== 'running' || look.running?.process === undefined) return undefined
  const { spec } = look.record
  const check = await readHealthCheck(read, spec)
  if (check === undefined) return undefined
  const { id, run, process: own, startedAt } = look.running
  const specs: Specs = async (other) => (await readRecord(read.host, read.paths, other))?.spec
  const host = await reach(spec, specs)
  return { container, run, id, pid: own.pid, startedAt: Date.parse(startedAt), check, host }
}

/** Address of a container on its first network, or of the container whose network it shares. */
async function reach(spec: ContainerSpec, specs: Specs): Promise<string | undefined> {
  if (spec.network_mode === 'host') return '127.0.0.1'
  const shared = sharedContainer(spec.network_mode)
  const other = shared && (await specs(shared))
  return other ? reach(other, specs) : spec.networks[0]?.ipv4_address
}

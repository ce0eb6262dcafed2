import { readJson } from '../../../host/json.ts'
import { readImageConfig } from '../../image/store.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import { healthLayout } from '../layout.ts'
import type { ContainerSpec, HealthCheck } from '../spec.ts'
import { healthCheckOf } from './effective.ts'
import type { HealthState, HealthStatus } from './state.ts'

export type { HealthStatus } from './state.ts'

/** Health of one incarnation as it is kept (0600): its output may hold what nobody else is to see. */
export interface HealthRecord extends HealthState {
  /** Last 4 kB of what the last check wrote. */
  readonly output: string
  readonly durationMs: number
}

type Reader = Pick<ReadContext, 'host' | 'paths'> & Partial<Pick<ReadContext, 'once'>>

export const readHealth = ({ host, paths }: Reader, id: string): Promise<HealthRecord | undefined> =>
  readJson(host, healthLayout(paths, id).record)

export const writeHealth = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  id: string,
  record: HealthRecord,
): Promise<void> => host.writeFile(healthLayout(paths, id).record, JSON.stringify(record))

/** The check that counts for a container; reads its image's where it states none. */
export async function readHealthCheck(read: Reader, spec: ContainerSpec): Promise<HealthCheck | undefined> {
  if (spec.healthcheck !== undefined) return healthCheckOf(spec, {})
  const { image_digest: digest = '' } = spec
  const config = () => readImageConfig(read.host, read.paths, digest)
  // A snapshot of a thousand containers has a dozen images.
  return healthCheckOf(spec, await (read.once?.(`image-config ${digest}`, config) ?? config()))
}

/** Health of a running incarnation; undefined where there is no check. Nobody having checked yet is `starting`. */
export async function healthOf(read: Reader, spec: ContainerSpec, id: string): Promise<HealthStatus | undefined> {
  if ((await readHealthCheck(read, spec)) === undefined) return undefined
  return (await readHealth(read, id))?.status ?? 'starting'
}

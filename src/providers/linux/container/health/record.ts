import { readJson } from '../../../../host/files/json.ts'
import type { ContainerSpec, HealthCheck } from '../../../../model/kinds/container.ts'
import { effectiveHealthCheck } from '../../../../model/kinds/effective-config.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { readImageConfig } from '../../image/store.ts'
import { healthLayout } from '../layout.ts'
import { healthRecord } from '../record-shape.ts'
import { type HealthState, isCurrent, unchecked } from './state.ts'

/** Health of one run as it is kept (0600): its output may hold what nobody else is to see. */
export interface HealthRecord extends HealthState {
  /** Last 4 kB of what the last check wrote. */
  readonly output: string
  readonly durationMs: number
}

type Reader = Pick<ReadContext, 'host' | 'paths'> & Partial<Pick<ReadContext, 'once'>>

/** Keeps what a check came to. */
export const writeHealth = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  id: string,
  record: HealthRecord,
): Promise<void> => host.writeFile(healthLayout(paths, id).record, JSON.stringify(record))

/** The check that counts for a container; reads its image's where it states none. */
export async function readHealthCheck(read: Reader, spec: ContainerSpec): Promise<HealthCheck | undefined> {
  if (spec.healthcheck !== undefined) return effectiveHealthCheck(spec, {})
  const { image_digest: digest = '' } = spec
  const config = () => readImageConfig(read.host, read.paths, digest)
  // A snapshot of a thousand containers has a dozen images.
  return effectiveHealthCheck(spec, await (read.once?.(`image-config ${digest}`, config) ?? config()))
}

/** What is known of a run now: where nobody has checked, or not for a while, as if it had just started. */
export async function currentHealth(read: Reader, id: string, check: HealthCheck): Promise<HealthState> {
  const record = await readJson<HealthRecord>(read.host, healthLayout(read.paths, id).record, healthRecord)
  return record && isCurrent(record, check, Date.now()) ? record : unchecked
}

/** The same of a running container; undefined where it has no check. */
export async function healthOf(read: Reader, spec: ContainerSpec, id: string): Promise<HealthState | undefined> {
  const check = await readHealthCheck(read, spec)
  return check && currentHealth(read, id, check)
}

/** What the last check of a run said; undefined where there was none. */
export const readOutput = async ({ host, paths }: Reader, id: string): Promise<string | undefined> =>
  (await readJson<HealthRecord>(host, healthLayout(paths, id).record, healthRecord))?.output

/** From here on it is as if no check had been made. */
export const forgetHealth = ({ host, paths }: Pick<WriteContext, 'host' | 'paths'>, id: string): Promise<void> =>
  host.removeTree(healthLayout(paths, id).record)

import { readJson } from '../../../../host/files/json.ts'
import type { ContainerSpec, HealthCheck } from '../../../../model/kinds/container.ts'
import { effectiveHealthCheck } from '../../../../model/kinds/effective-config.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { readImageConfig } from '../../image/store.ts'
import { healthLayout } from '../layout.ts'
import { healthRecord } from '../record-shape.ts'
import type { CheckResult } from './check.ts'
import { type HealthState, isCurrent, unchecked } from './state.ts'

/** The recorded health of one run (0600: the output may hold secret values). */
export interface HealthRecord extends HealthState {
  /** Last 4 kB of the output of the last check. */
  readonly output: string
  readonly durationMs: number
  /** The last checks, the newest last. undefined: written by an earlier version. */
  readonly log?: readonly LoggedCheck[]
}

/** One check of a run. `output`: see HealthRecord. */
export type LoggedCheck = Pick<CheckResult, 'ok' | 'exitCode' | 'output' | 'endedAt'> & { readonly durationMs: number }

/** The number of checks that are recorded for each run. */
const maxRecordedChecks = 5

/** A log with one more check. Pure. */
export function withCheck(
  log: readonly LoggedCheck[],
  { ok, exitCode, output, startedAt, endedAt }: CheckResult,
): readonly LoggedCheck[] {
  const check = { ok, ...(exitCode !== undefined && { exitCode }), output, endedAt, durationMs: endedAt - startedAt }
  return [...log, check].slice(-maxRecordedChecks)
}

type Reader = Pick<ReadContext, 'host' | 'paths'> & Partial<Pick<ReadContext, 'once'>>

/** Records the result of a check. */
export const writeHealth = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  id: string,
  record: HealthRecord,
): Promise<void> => host.writeFile(healthLayout(paths, id).record, JSON.stringify(record))

/** The effective health check of a container. Reads its image if the container sets none. */
export async function readHealthCheck(read: Reader, spec: ContainerSpec): Promise<HealthCheck | undefined> {
  if (spec.healthcheck !== undefined) return effectiveHealthCheck(spec, {})
  const { image_digest: digest = '' } = spec
  const config = () => readImageConfig(read.host, read.paths, digest)
  // A snapshot of a thousand containers has a dozen images.
  return effectiveHealthCheck(spec, await (read.once?.(`image-config ${digest}`, config) ?? config()))
}

/** The current health of a run. Without a recent check it is that of a run that has just started. */
export async function currentHealth(read: Reader, id: string, check: HealthCheck): Promise<HealthState> {
  const record = await readJson<HealthRecord>(read.host, healthLayout(read.paths, id).record, healthRecord)
  return record && isCurrent(record, check, Date.now()) ? record : unchecked
}

/** The current health of a running container; undefined: it has no check. */
export async function healthOf(read: Reader, spec: ContainerSpec, id: string): Promise<HealthState | undefined> {
  const check = await readHealthCheck(read, spec)
  return check && currentHealth(read, id, check)
}

/** The last checks of a run, the newest last; empty: there was none, or an earlier version has recorded them. */
export const recordedLog = async ({ host, paths }: Reader, id: string): Promise<readonly LoggedCheck[]> =>
  (await readJson<HealthRecord>(host, healthLayout(paths, id).record, healthRecord))?.log ?? []

/** Output of the last check of a run; undefined: there was no check. */
export const readOutput = async ({ host, paths }: Reader, id: string): Promise<string | undefined> =>
  (await readJson<HealthRecord>(host, healthLayout(paths, id).record, healthRecord))?.output

/** Removes the results of all checks of a run. */
export const forgetHealth = ({ host, paths }: Pick<WriteContext, 'host' | 'paths'>, id: string): Promise<void> =>
  host.removeTree(healthLayout(paths, id).record)

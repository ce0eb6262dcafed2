import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { HealthLogEntry } from '../../../operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import { readRecord } from '../record.ts'
import { recordedLog } from './record.ts'
import { secretsHidden } from './secrets-hidden.ts'

/** The last health checks of a run of a container, the newest last, without the secrets of the container; undefined: none is recorded. */
export async function healthLogOf(
  read: InstanceReader,
  container: ResourceAddress,
  id: string,
): Promise<readonly HealthLogEntry[] | undefined> {
  const log = await recordedLog(read, id)
  const record = await readRecord(read.host, read.paths, container)
  if (log.length === 0 || record === undefined) return undefined
  return Promise.all(
    log.map(async ({ ok, exitCode, output, endedAt, durationMs }) => ({
      checkedAt: new Date(endedAt).toISOString(),
      durationMs,
      ok,
      exitCode: exitCode ?? null,
      output: await secretsHidden(read, record, output),
    })),
  )
}

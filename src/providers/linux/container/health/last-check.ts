import { readJson } from '../../../../host/files/json.ts'
import type { HealthCheck, LastCheck } from '../../../../model/kinds/container.ts'
import type { ReadContext } from '../../../provider.ts'
import { healthLayout } from '../layout.ts'
import type { ContainerRecord, Running } from '../record.ts'
import { healthRecord } from '../record-shape.ts'
import type { HealthRecord } from './record.ts'
import { secretsHidden } from './secrets-hidden.ts'
import { isCurrent } from './state.ts'

/** Characters of the line of output that is shown. */
const maxLineCharacters = 200

/** The last check of a run; undefined: it was never checked. */
export async function lastCheckOf(
  read: Pick<ReadContext, 'host' | 'paths'>,
  container: ContainerRecord,
  { id }: Running,
  check: HealthCheck,
): Promise<LastCheck | undefined> {
  const record = await readJson<HealthRecord>(read.host, healthLayout(read.paths, id).record, healthRecord)
  if (record?.checkedAt === undefined) return undefined
  const { status, failingStreak: failures } = record
  const output = failures === 0 ? '' : lastLine(await secretsHidden(read, container, record.output))
  return {
    status,
    failures,
    checkedAt: new Date(record.checkedAt).toISOString(),
    isCurrent: isCurrent(record, check, Date.now()),
    ...(output !== '' && { output }),
  }
}

/** The last line of a text that is not empty, cut. Pure. */
const lastLine = (text: string): string => (text.trim().split('\n').at(-1) ?? '').trim().slice(0, maxLineCharacters)

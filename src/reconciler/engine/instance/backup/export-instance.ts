import { readInstanceSettings } from '../../../../host/files/instance-settings.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { readCopy, readPlanCopies } from '../../../../state/copy.ts'
import type { RecordsCopy } from '../../../../state/records-copy.ts'
import { suspensionsOnDisk } from '../../../../state/suspensions.ts'
import type { Session } from '../../../session.ts'
import type { BackupContent } from './backup-content.ts'
import { readDefinitions } from './definition-files.ts'
import { encryptBackup } from './encrypted-backup.ts'

/** An export of an instance, and the parts of the instance that it does not have. */
export interface InstanceExport {
  readonly text: string
  /** The newest generation; 0: nothing was applied yet. */
  readonly generation: number
  /** Volumes with data. */
  readonly volumes: readonly ResourceAddress[]
  /** Names of images that no registry has: imported and built ones. */
  readonly images: readonly string[]
}

/**
 * Exports settings, definitions, history and sealed values of the instance. The session is its writer, so no run changes them meanwhile.
 * Raises `record-damaged` (refused).
 */
export async function exportInstance(
  session: Session,
  { passphrase, heropods }: { readonly passphrase: string; readonly heropods: string },
): Promise<InstanceExport> {
  const content = await contentOf(session)
  const about = { instance: session.paths.instance, exportedAt: new Date().toISOString(), heropods }
  const read = session.readContext()
  const [volumes, images] = [await session.runtime.volumes.list(read), await session.runtime.images.list(read)]
  return {
    text: await encryptBackup(content, about, passphrase),
    generation: content.records?.generation ?? 0,
    volumes: volumes.map(({ address }) => address),
    images: images.flatMap(({ names }) => names.filter((name) => name.startsWith('localhost/'))),
  }
}

async function contentOf(session: Session): Promise<BackupContent> {
  const { hostReader: host, paths, key } = session
  const [settings, definitions, suspended] = await Promise.all([
    readInstanceSettings(host, paths),
    readDefinitions(host, paths),
    suspensionsOnDisk(host, paths),
  ])
  const records = await currentCopy(session)
  const plans = records === null ? {} : await readPlanCopies(host, paths)
  return { settings, key: key.toString('hex'), definitions, records, plans, suspended: [...suspended.keys()] }
}

/** The newest records; null: nothing was applied yet. */
async function currentCopy({ state, hostReader, paths }: Session): Promise<RecordsCopy | null> {
  const { generation } = await state.read()
  if (generation === 0) return null
  await state.writeCopy()
  const copy = await readCopy(hostReader, paths)
  if (copy?.generation === generation) return copy
  throw refusedError({
    code: 'record-damaged',
    message: `The records of the instance ${paths.instance} cannot be copied to ${paths.data}/records.`,
    hint: 'Run `heropods doctor`, make space on the disk if it is full, and export again.',
  })
}

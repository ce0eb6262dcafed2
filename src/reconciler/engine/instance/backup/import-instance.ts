import { readInstanceSettings, writeInstanceSettings } from '../../../../host/files/instance-settings.ts'
import { replaceKey } from '../../../../host/files/key.ts'
import { refusedError } from '../../../../model/errors.ts'
import { storeCopy } from '../../../../state/copy.ts'
import { recordSuspension } from '../../../../state/suspensions.ts'
import { observeAll } from '../../../reconcile.ts'
import type { Session } from '../../../session.ts'
import { requireUnused } from '../instances.ts'
import type { BackupContent } from './backup-content.ts'
import { readDefinitions, writeDefinitions } from './definition-files.ts'

/**
 * Writes the content of an export into an instance without records. Settings that the instance has already stay. Raises `instance-not-empty`, `foreign-object` (refused).
 */
export async function importInstance(session: Session, content: BackupContent): Promise<void> {
  await requireEmpty(session, content.definitions)
  const { host, paths } = session
  const known = await readInstanceSettings(host, paths)
  const settings = Object.keys(known).length > 0 ? known : content.settings
  await requireUnused(host, paths, settings)
  const write = session.writeHost()
  session.keepData()
  if (Object.keys(settings).length > 0) await writeInstanceSettings(write, paths, settings)
  await replaceKey(write, paths, Buffer.from(content.key, 'hex'))
  for (const stack of content.suspended) await recordSuspension(write, paths, stack)
  await writeDefinitions(write, paths, content.definitions)
  if (content.records === null) return
  await storeCopy(write, paths, content.records, content.plans)
  await session.state.loadCopy()
}

type Definitions = BackupContent['definitions']

async function requireEmpty(session: Session, imported: Definitions): Promise<void> {
  const { hostReader, paths, state } = session
  const { generation } = await state.read()
  const { observations } = await observeAll(session)
  const definitions = await readDefinitions(hostReader, paths)
  const found = [
    ...(generation > 0 ? [`${generation} generations`] : []),
    ...(observations.size > 0 ? [`${observations.size} objects`] : []),
    ...(hasOthers(definitions, imported) ? ['definitions of programs'] : []),
  ]
  if (found.length === 0) return
  throw refusedError({
    code: 'instance-not-empty',
    message: `The instance "${paths.instance}" has ${found.join(', ')} already.`,
    hint: `Import into another instance with \`--as NAME\`, or remove this one: \`heropods destroy --all --instance ${paths.instance}\`, then \`heropods instance rm ${paths.instance} --delete-data\`.`,
  })
}

/** True if definitions exist that a killed import of the same file did not write. */
const hasOthers = (existing: Definitions, imported: Definitions): boolean =>
  (['containers', 'images'] as const).some((kind) =>
    Object.entries(existing[kind]).some(([name, text]) => imported[kind][name] !== text),
  )

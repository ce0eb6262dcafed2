import { ExitCode } from '../../../model/errors.ts'
import type { BackupContent } from '../../../reconciler/engine/instance/backup/backup-content.ts'
import { readBackup } from '../../../reconciler/engine/instance/backup/encrypted-backup.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { namedFileText } from './named-file.ts'
import { type PassphraseOptions, readPassphrase } from './passphrase.ts'

export interface InstanceImportOptions extends CommonOptions, PassphraseOptions {
  readonly as?: string
}

/** Bytes. */
const largestFile = 2 ** 29

/**
 * `heropods instance import`: makes an instance from an export. Everything is checked before anything is written. Raises `file-missing`,
 * `file-unreadable`, `not-a-backup`, `no-passphrase`, `wrong-passphrase`, and as `importInstance`.
 */
export async function instanceImport(file: string, options: InstanceImportOptions): Promise<number> {
  const backup = readBackup(
    namedFileText(file, largestFile, 'Name a file that `heropods instance export` wrote.'),
    file,
  )
  const content = await backup.decrypt(await readPassphrase(options, false))
  const instance = options.as ?? options.instance ?? backup.header.instance
  return withWriterEngine({ ...options, instance }, async (engine) => {
    await engine.importInstance(content)
    const generation = content.records?.generation ?? 0
    await engine.tearDownIfEmpty()
    openTerminal().print(
      options.json
        ? JSON.stringify({ instance, generation, exportedAt: backup.header.exportedAt, result: 'imported' })
        : importedText(instance, content),
    )
    return ExitCode.done
  })
}

function importedText(instance: string, { records }: BackupContent): string {
  if (records === null) return `instance ${instance} imported: settings without generations`
  const { generation } = records
  return `instance ${instance} imported: up to generation ${generation}
Nothing runs yet. Restore the data of volumes, then apply the stack files. Without files: \`heropods rollback ${generation} --instance ${instance}\`.`
}

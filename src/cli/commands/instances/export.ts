import { resolve } from 'node:path'
import packageJson from '../../../../package.json' with { type: 'json' }
import { instancePaths, startingFolder } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import { requireInstance } from '../../../reconciler/engine/instance/instances.ts'
import { type WriteOptions, withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal } from '../../terminal.ts'
import { type PassphraseOptions, readPassphrase } from './passphrase.ts'

export interface InstanceExportOptions extends WriteOptions, PassphraseOptions {
  readonly output: string
}

/**
 * `heropods instance export`: writes an instance to a file of mode 0600, encrypted under a passphrase. Prints which data it leaves out.
 * Raises `unknown-instance`, `no-passphrase`, and as `exportInstance`.
 */
export async function instanceExport(given: string | undefined, options: InstanceExportOptions): Promise<number> {
  const paths = instancePaths(localHost.environment, given ?? options.instance)
  await requireInstance(localHost, paths)
  const file = resolve(startingFolder([options.output]), options.output)
  const passphrase = await readPassphrase(options, true)
  const { instance } = paths
  return withWriterEngine({ ...options, instance }, async (engine) => {
    const { text, generation, volumes, images } = await engine.exportInstance({
      passphrase,
      heropods: packageJson.version,
    })
    await localHost.writeFile(file, text)
    const { print, note } = openTerminal()
    print(
      options.json
        ? JSON.stringify({
            instance,
            file,
            bytes: text.length,
            generation,
            result: 'exported',
            notIncluded: { volumes, images },
          })
        : `instance ${instance} exported to ${options.output}: ${generation === 0 ? 'no generations' : `up to generation ${generation}`}`,
    )
    if (options.json) return ExitCode.done
    if (volumes.length > 0)
      note(`Not included: the data of ${volumes.join(', ')}. Copy the folder ${paths.data}/volumes.`)
    if (images.length > 0)
      note(`Not included: ${images.join(', ')}. Save each with \`heropods image export NAME FILE\`.`)
    return ExitCode.done
  })
}

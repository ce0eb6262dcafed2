import { resolve } from 'node:path'
import { startingFolder } from '../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { localReference, nameOfArchive } from '../../../model/kinds/images/reference.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { untilInterrupted } from '../../until-interrupted.ts'

export interface ImportOptions extends CommonOptions {
  readonly name?: string
  readonly replace?: boolean
}

/** `heropods image import`: unpacks an archive and gives the image a name. Raises `usage` and as `ImageStore.import`. */
export const imageImport = (file: string, options: ImportOptions): Promise<number> =>
  untilInterrupted((signal) =>
    withWriterEngine(options, async (engine) => {
      const archive = { path: resolve(startingFolder([file]), file), ref: referenceFor(file, options.name) }
      const store = await engine.imageStore()
      const { ref, digest } = await store.import({ ...archive, replaces: options.replace ?? false }, signal)
      openTerminal().print(
        options.json
          ? JSON.stringify({ image: ref, digest, result: 'imported' })
          : `${ref} imported (${digest.slice(0, 19)})`,
      )
      await engine.tearDownIfEmpty()
      return ExitCode.done
    }),
  )

function referenceFor(file: string, name: string | undefined): string {
  const ref = localReference(name ?? nameOfArchive(file))
  if (ref !== undefined) return ref
  throw refusedError({
    code: 'usage',
    message: `"${name ?? file}" does not give the image a name.`,
    hint: 'Use `--name NAME`, in lower case, e.g. `--name web` or `--name web:2`.',
  })
}

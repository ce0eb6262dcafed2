import { resolve } from 'node:path'
import { startingFolder } from '../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { untilInterrupted } from '../../until-interrupted.ts'

export interface ExportOptions extends CommonOptions {
  /** A number from 1 to 9, as it was typed. */
  readonly compress?: string
}

const defaultLevel = '6'

/** `heropods image export`: writes an unpacked image as a compressed archive. Raises `usage`, `unknown-image`, `export-refused` (refused). */
export const imageExport = (name: string, file: string, options: ExportOptions): Promise<number> =>
  untilInterrupted((signal) =>
    withWriterEngine(options, async (engine) => {
      const level = compressionLevel(options.compress ?? defaultLevel)
      const path = resolve(startingFolder([file]), file)
      const store = await engine.imageStore()
      const { digest } = await store.find(name)
      await store.export({ digest, path, level }, signal)
      const { size } = (await engine.hostReader.stat(path)) ?? { size: 0 }
      openTerminal().print(
        options.json
          ? JSON.stringify({ image: name, digest, file: path, bytes: size, result: 'exported' })
          : `${name} exported to ${file} (${Math.ceil(size / 2 ** 20)} MiB)`,
      )
      return ExitCode.done
    }),
  )

function compressionLevel(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text)
  throw refusedError({
    code: 'usage',
    message: `"${text}" is not a level of compression.`,
    hint: 'Use `--compress` with a number from 1 (fast) to 9 (small).',
  })
}

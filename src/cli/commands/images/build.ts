import { resolve } from 'node:path'
import { statSync } from '../../../host/caller-files.ts'
import { startingFolder } from '../../../host/files/paths.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { localReference } from '../../../model/kinds/images/reference.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { untilInterrupted } from '../../until-interrupted.ts'

export interface BuildOptions extends CommonOptions {
  readonly file?: string
  readonly tag: string
  readonly buildArg?: readonly string[]
}

/** `heropods image build`: builds an image with podman. Raises `usage`, and as `ImageStore.build`. */
export const imageBuild = (folder: string | undefined, options: BuildOptions): Promise<number> =>
  untilInterrupted(async (signal) => {
    const { print } = openTerminal()
    const [from, ref] = [folderOf(folder ?? '.'), referenceOf(options.tag)]
    const { digest } = await withEngine(options, async (engine) =>
      (await engine.imageStore()).build({
        ref,
        folder: from,
        file: options.file && resolve(startingFolder([options.file]), options.file),
        args: options.buildArg ?? [],
        signal,
        onLine: (line) => print(options.json ? JSON.stringify({ image: ref, result: 'building', line }) : line),
      }),
    )
    print(
      options.json ? JSON.stringify({ image: ref, digest, result: 'built' }) : `${ref} built (${digest.slice(0, 19)})`,
    )
    return ExitCode.done
  })

function folderOf(folder: string): string {
  const path = resolve(startingFolder([folder]), folder)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path
  throw refusedError({
    code: 'usage',
    message: `${folder} is not a folder.`,
    hint: 'Name the folder with the files of the image, e.g. `heropods image build --tag web .`.',
  })
}

function referenceOf(tag: string): string {
  const ref = localReference(tag)
  if (ref !== undefined) return ref
  throw refusedError({
    code: 'usage',
    message: `"${tag}" is not a name of an image.`,
    hint: 'Use `--tag NAME`, in lower case, e.g. `--tag web` or `--tag web:2`.',
  })
}

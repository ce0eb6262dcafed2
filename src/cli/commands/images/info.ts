import { ExitCode } from '../../../model/errors.ts'
import { imageInfoText, originText } from '../../../report/images/image-text.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods image info`: prints all data of an unpacked image. Raises `unknown-image`, `ambiguous-name` (refused). */
export const imageInfo = (name: string, options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const image = await (await engine.imageStore()).info(name)
    const { digest, names, size, unpackedAt, usedBy, command, root, config } = image
    const created = image.created ?? null
    const fields = {
      names,
      source: originText(image),
      digest,
      size,
      created,
      unpackedAt,
      usedBy,
      command,
      root,
      config,
    }
    openTerminal().print(options.json ? JSON.stringify(fields) : imageInfoText(image))
    return ExitCode.done
  })

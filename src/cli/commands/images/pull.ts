import { ExitCode, refusedError } from '../../../model/errors.ts'
import { platformText } from '../../../model/kinds/images/platform.ts'
import type { PulledImage } from '../../../reconciler/engine/image-store.ts'
import { downloadText } from '../../../report/image-text.ts'
import { imageSource } from '../../../stack/normalise/images.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { untilInterrupted } from '../../until-interrupted.ts'

export interface PullOptions extends CommonOptions {
  readonly platform?: string
}

/**
 * `heropods image pull`: downloads images and unpacks them, one after the other. Other commands can run while an image is downloaded.
 * Raises `usage`, and as `ImageStore.download`.
 */
export const imagePull = (names: readonly string[], options: PullOptions): Promise<number> =>
  untilInterrupted(async (signal) => {
    const terminal = openTerminal()
    for (const ref of names.map(referenceOf)) {
      const { digest, isNew } = await pullOne(ref, options, signal)
      const result = isNew ? 'pulled' : 'up to date'
      terminal.print(
        options.json ? JSON.stringify({ image: ref, digest, result }) : `${ref} ${result} (${digest.slice(0, 19)})`,
      )
    }
    return ExitCode.done
  })

async function pullOne(ref: string, options: PullOptions, signal: AbortSignal): Promise<PulledImage> {
  const image = { ref, platform: platformOf(options) }
  const progress = progressOf(ref, options)
  try {
    const downloaded = await withEngine(options, async (engine) =>
      (await engine.imageStore()).download(image, { signal, onBytes: progress.show }),
    )
    return await withWriterEngine({ ...options, lockTimeout: '10m' }, async (engine) => {
      const pulled = await (await engine.imageStore()).keep(downloaded, image, signal)
      await engine.tearDownIfEmpty()
      return pulled
    })
  } finally {
    progress.end()
  }
}

/** Progress on one line of a terminal that is drawn again, as JSON lines, or as the first line alone. */
function progressOf(ref: string, { json }: CommonOptions): { show(bytes: number): void; end(): void } {
  const terminal = openTerminal()
  const clearLine = '\r\u001b[K'
  if (json)
    return {
      show: (bytes) => terminal.print(JSON.stringify({ image: ref, result: 'downloading', bytes })),
      end: () => undefined,
    }
  if (!terminal.canRedraw) {
    terminal.print(downloadText(ref, 0))
    return { show: () => undefined, end: () => undefined }
  }
  const show = (bytes: number): void =>
    void process.stdout.write(
      `${clearLine}${terminal.escaped(downloadText(ref, bytes)).slice(0, (terminal.width ?? 80) - 1)}`,
    )
  show(0)
  return { show, end: () => void process.stdout.write(clearLine) }
}

function referenceOf(name: string): string {
  const source = imageSource(name)
  if (source?.type === 'ref') return source.ref
  throw refusedError({
    code: 'usage',
    message:
      source === undefined
        ? `"${name}" is not an image reference.`
        : `${name} is made from this host: there is nothing to pull.`,
    hint: 'Write it as registry/repository:tag, e.g. nginx:alpine. `heropods image catalog` lists common images.',
  })
}

function platformOf({ platform }: PullOptions): string | undefined {
  const text = platform === undefined ? undefined : platformText(platform)
  if (platform === undefined || text !== undefined) return text
  throw refusedError({
    code: 'usage',
    message: `"${platform}" is not a platform.`,
    hint: 'Use e.g. `--platform linux/amd64`, linux/arm64 or linux/arm/v7.',
  })
}

import { inParallel } from '../../../host/in-parallel.ts'
import { ExitCode, HeroPodsError, refusedError } from '../../../model/errors.ts'
import { platformText } from '../../../model/kinds/images/platform.ts'
import type { DownloadProgress } from '../../../model/plan.ts'
import type { ImageToPull, PulledImage, PullTools } from '../../../reconciler/engine/image-store.ts'
import { imageSource } from '../../../stack/normalise/images.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { untilInterrupted } from '../../until-interrupted.ts'
import { openPullProgress } from './pull-progress.ts'

export interface PullOptions extends CommonOptions {
  readonly platform?: string
}

/** Images downloaded at the same time. */
const maxParallel = 3

/**
 * `heropods image pull`: downloads images and unpacks them, up to three at the same time. Other commands can run while images are
 * downloaded. If some fail, the others are pulled, then the errors are raised: `usage`, and as `ImageStore.download`.
 */
export const imagePull = (names: readonly string[], options: PullOptions): Promise<number> =>
  untilInterrupted(async (signal) => {
    const refs = [...new Set(names.map(referenceOf))]
    const platform = platformOf(options)
    const progress = await openPullProgress(refs, openTerminal(), options.json ?? false)
    const failures: unknown[] = []
    const unpackNext = inTurn()
    try {
      await inParallel(refs, maxParallel, async (ref) => {
        if (signal.aborted) return
        progress.begin(ref)
        const tools = { signal, onProgress: (state: DownloadProgress) => progress.downloading(ref, state) }
        const pulled = await pullOne(
          { ref, platform },
          options,
          tools,
          () => progress.unpacking(ref),
          unpackNext,
        ).catch((error: unknown) => void failures.push(error))
        progress.end(ref, pulled && resultText(pulled, options))
      })
    } finally {
      progress.close()
    }
    if (failures.length > 0) throw combined(failures)
    return ExitCode.done
  })

async function pullOne(
  image: ImageToPull,
  options: PullOptions,
  tools: PullTools,
  onDownloaded: () => void,
  inTurn: InTurn,
): Promise<PulledImage> {
  const downloaded = await withEngine(options, async (engine) => (await engine.imageStore()).download(image, tools))
  onDownloaded()
  return inTurn(() =>
    withWriterEngine({ ...options, lockTimeout: '10m' }, async (engine) => {
      const pulled = await (await engine.imageStore()).keep(downloaded, image, tools.signal)
      await engine.tearDownIfEmpty()
      return pulled
    }),
  )
}

function resultText({ ref, digest, isNew }: PulledImage, { json }: PullOptions): string {
  const result = isNew ? 'pulled' : 'up to date'
  return json ? JSON.stringify({ image: ref, digest, result }) : `${ref} ${result} (${digest.slice(0, 19)})`
}

type InTurn = <T>(act: () => Promise<T>) => Promise<T>

/** Calls one function at a time: the lock of the instance has one holder. */
function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const own = last.then(act, act)
    last = own
    return own
  }
}

/** One error of several; refused (exit code 3) only if all are. */
function combined(failures: readonly unknown[]): unknown {
  const known = failures.filter((one) => one instanceof HeroPodsError)
  if (failures.length === 1 || known.length < failures.length) return failures.find((one) => one !== undefined)
  const refused = known.every((one) => one.refused)
  return new HeroPodsError(
    known.flatMap(({ diagnostics }) => diagnostics),
    { refused },
  )
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

import { HeroPodsError, refusedError } from '../../../../model/errors.ts'
import type { BuiltImage, ImageToBuild } from '../../../image-operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import * as podman from '../podman.ts'
import { localImage } from '../pull/pull.ts'
import { readTaggedImages } from './names.ts'

/**
 * Builds an image with podman, in whose storage it stays. Needs no lock. Raises `image-exists` (refused), `tool-missing`,
 * `image-build-failed`.
 */
export async function buildImage(read: InstanceReader, build: ImageToBuild): Promise<BuiltImage> {
  const { ref, onLine } = build
  if ((await readTaggedImages(read)).has(ref)) throw nameTakenError(ref)
  let rest = ''
  const { exitCode, stderr, missing } = await read.host.stream(podman.build(read.host.environment, build), (chunk) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
    return !build.signal.aborted
  })
  if (missing) throw podmanMissingError()
  const image = exitCode === 0 ? await localImage(read.host, ref, undefined) : undefined
  if (image === undefined) throw buildFailedError(ref, stderr)
  return { ref, digest: image.digest }
}

const nameTakenError = (ref: string): HeroPodsError =>
  refusedError({
    code: 'image-exists',
    message: `The name ${ref} belongs to an image that was imported or pulled.`,
    hint: `Choose another name with \`--tag\`, or remove that image: \`heropods image rm ${ref}\`.`,
  })

const podmanMissingError = (): HeroPodsError =>
  refusedError({
    code: 'tool-missing',
    message: 'Images are built by podman, which is not installed.',
    hint: 'Install it: `apt install podman`.',
  })

function buildFailedError(ref: string, stderr: string): HeroPodsError {
  const last =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^Error: /, '') || 'podman was interrupted'
  return new HeroPodsError({
    code: 'image-build-failed',
    message: `Podman could not build ${ref}: ${last}${/[.!?]$/.test(last) ? '' : '.'}`,
    hint: 'Correct the Containerfile; the lines above show the step that failed.',
  })
}

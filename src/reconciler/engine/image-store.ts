import { refusedError } from '../../model/errors.ts'
import type { ImageConfig, ImageSpec } from '../../model/kinds/image.ts'
import { referencesOf } from '../../model/kinds/images/reference.ts'
import type {
  ArchiveToImport,
  BuiltImage,
  CachedImage,
  ImageDetails,
  ImageToBuild,
  ImageToExport,
  ImageToPull,
  NamedImage,
  PulledImage,
  PullTools,
} from '../../providers/image-operations.ts'
import type { Session } from '../session.ts'

import { imagesOf, type RemovableImages, removeImages } from './storage.ts'

export type { ImageDetails, ImageToPull, PulledImage, PullTools } from '../../providers/image-operations.ts'

/** The unpacked images of an instance, whether a stack uses them or not. */
export class ImageStore {
  constructor(private readonly session: Session) {}

  /** The unpacked image that a name or the first digits of a digest mean. Raises `unknown-image`, `ambiguous-name` (refused). */
  async find(name: string): Promise<CachedImage> {
    return imageNamed(await imagesOf(this.session), name)
  }

  /** All that is known about each unpacked image. Counts their files. */
  async all(): Promise<readonly ImageDetails[]> {
    return this.session.runtime.images.details(this.session.readContext(), await imagesOf(this.session))
  }

  /** All that is known about an unpacked image. Raises as `find`. */
  async info(name: string): Promise<ImageDetails> {
    const image = await this.find(name)
    const [details] = await this.session.runtime.images.details(this.session.readContext(), [image])
    if (details === undefined) throw new Error(`no details of ${image.digest}`)
    return details
  }

  /**
   * Downloads an image, unless its newest version is unpacked already. A session that only reads can do it: it needs no lock.
   * `keep` unpacks the image. Raises `image-missing`, `image-not-found`, `image-platform` (refused), `image-pull-failed`, `interrupted`.
   */
  download(image: ImageToPull, tools: PullTools): Promise<ImageSpec> {
    return this.session.runtime.images.download({ host: this.session.host, paths: this.session.paths }, image, tools)
  }

  /** Unpacks a downloaded image, and gives it its reference as its own name, so that it stays when no stack uses it. */
  async keep(image: ImageSpec, to: ImageToPull, signal?: AbortSignal): Promise<PulledImage> {
    const pulled = await this.session.runtime.images.keepPulled(this.write(signal), image, to)
    this.session.keepData()
    return pulled
  }

  /** The configuration of an unpacked image; empty: it is not unpacked. */
  config(digest: string): Promise<ImageConfig> {
    return this.session.runtime.images.config(this.session.readContext(), digest)
  }

  /**
   * Builds an image with podman, in whose storage it stays. Stacks use it by its reference. A session that only reads can do it. Raises
   * `image-exists`, `tool-missing` (refused), `image-build-failed`.
   */
  build(build: ImageToBuild): Promise<BuiltImage> {
    return this.session.runtime.images.build(this.session.readContext(), build)
  }

  /** Removes unpacked images with their names, and returns their digests. Raises `image-in-use` (refused). */
  remove(which: RemovableImages): Promise<readonly string[]> {
    return removeImages(this.session, which)
  }

  /**
   * Unpacks an archive and gives the image a name that stacks can use. Raises `image-exists`, `archive-missing`, `archive-unreadable`,
   * `archive-unsafe`, `archive-too-large`, `archive-of-images` (refused), `archive-damaged`.
   */
  async import(archive: ArchiveToImport, signal?: AbortSignal): Promise<NamedImage> {
    const named = await this.session.runtime.images.import(this.write(signal), archive)
    this.session.keepData()
    return named
  }

  /** Writes an unpacked image and its configuration as a compressed tar archive. Raises `export-refused` (refused). */
  export(image: ImageToExport, signal?: AbortSignal): Promise<void> {
    return this.session.runtime.images.export(this.write(signal), image)
  }

  private write(signal: AbortSignal | undefined) {
    return this.session.writeContext(signal && { abortSignal: signal })
  }
}

/** The image that a name or the first digits of a digest mean. Raises `unknown-image`, `ambiguous-name` (refused). Pure. */
export function imageNamed<T extends Pick<CachedImage, 'digest' | 'names'>>(images: readonly T[], name: string): T {
  const references = referencesOf(name)
  const named = images.filter((image) => image.names.some((one) => references.includes(one)))
  const matches = named.length > 0 ? named : images.filter(({ digest }) => beginsWith(digest, name))
  const [only, ...others] = matches
  if (only === undefined)
    throw refusedError({
      code: 'unknown-image',
      message: `There is no unpacked image ${name}.`,
      hint: '`heropods image ls` lists them.',
    })
  if (others.length > 0)
    throw refusedError({
      code: 'ambiguous-name',
      message: `${name} means several images: ${matches.map(({ digest }) => digest.slice(0, 19)).join(', ')}.`,
      hint: 'Use more digits of the digest, or a full name, e.g. localhost/NAME:TAG.',
    })
  return only
}

const beginsWith = (digest: string, text: string): boolean =>
  digest.startsWith(text) || digest.slice('sha256:'.length).startsWith(text)

import type { ImageConfig, ImageSpec } from '../model/kinds/image.ts'
import type { DownloadProgress } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { InstanceReader, InstanceWriter, WriteContext } from './provider.ts'
import type { RegistryDigest } from './runtime.ts'

/** Operations on unpacked images. */
export interface ImageOperations {
  /** All unpacked images. */
  list(read: InstanceReader): Promise<readonly CachedImage[]>
  /** Unpacked images of which podman has a copy in its own storage. */
  storedTwice(read: InstanceReader): Promise<readonly StoredTwice[]>
  /** Removes unpacked images and their names from the cache. */
  remove(write: InstanceWriter, digests: readonly string[]): Promise<void>
  /** Pulls an image before the run that needs it. Raises `image-pull-failed`, `interrupted`. */
  pull(write: InstanceWriter, image: ImageSpec, signal: AbortSignal): Promise<void>
  /** Records the answers of registries for time-based pull policies. */
  recordAnswers(write: InstanceWriter, answers: readonly RegistryDigest[]): Promise<void>
  /**
   * Downloads an image, unless its newest version is unpacked already. Needs no lock. Raises `image-missing`, `image-not-found` (refused),
   * `image-pull-failed`, `interrupted`.
   */
  download(write: InstanceWriter, image: ImageToPull, tools: PullTools): Promise<ImageSpec>
  /** Unpacks a downloaded image, and gives it its reference as its own name. */
  keepPulled(write: WriteContext, image: ImageSpec, to: ImageToPull): Promise<PulledImage>
  details(read: InstanceReader, images: readonly CachedImage[]): Promise<readonly ImageDetails[]>
  /** The configuration of an unpacked image; empty: it is not unpacked. */
  config(read: InstanceReader, digest: string): Promise<ImageConfig>
  /** Builds an image with podman. Needs no lock. Raises `image-exists`, `tool-missing` (refused), `image-build-failed`. */
  build(read: InstanceReader, build: ImageToBuild): Promise<BuiltImage>
  /** Unpacks an archive and gives the image a name. Raises `image-exists` and the errors of archives. */
  import(write: WriteContext, archive: ArchiveToImport): Promise<NamedImage>
  /** Writes an unpacked image with its configuration as a compressed tar archive. Raises `export-refused` (refused). */
  export(write: WriteContext, image: ImageToExport): Promise<void>
}

export interface ImageToBuild {
  /** Full reference that the image gets. */
  readonly ref: string
  /** Absolute path of the folder with the files of the image. */
  readonly folder: string
  /** Absolute path of the Containerfile; undefined: Containerfile or Dockerfile in the folder. */
  readonly file?: string | undefined
  /** NAME=VALUE of ARG instructions. */
  readonly args: readonly string[]
  readonly signal: AbortSignal
  /** Called for each line that the build prints. */
  readonly onLine: (line: string) => void
}

export interface BuiltImage {
  readonly ref: string
  readonly digest: string
}

export interface ImageToPull {
  /** Full reference. */
  readonly ref: string
  /** `linux/arm64`; undefined: the platform of the host. */
  readonly platform?: string | undefined
}

export interface PullTools {
  readonly signal: AbortSignal
  /** Called several times a second while bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void
}

/** All that is known about an unpacked image. */
export interface ImageDetails extends CachedImage {
  /** Size of its files, bytes. */
  readonly size: number
  /** RFC 3339; undefined: it is not from a registry. */
  readonly created: string | undefined
  /** RFC 3339. */
  readonly unpackedAt: string
  /** Path of the archive that it was imported from. */
  readonly file: string | undefined
  readonly config: ImageConfig
  /** Folder of its root file system. */
  readonly root: string
}

/** An unpacked image that an import or a pull has tagged on this host, for stacks to use. It stays when no stack uses it. */
export interface NamedImage {
  /** Full reference: `localhost/web:latest`. */
  readonly ref: string
  readonly digest: string
  readonly origin: 'import' | 'pull'
  /** The platform that the pull asked for; undefined: that of the host. */
  readonly platform?: string
  /** Path of the imported archive. */
  readonly file?: string
  /** RFC 3339. */
  readonly namedAt: string
}

export interface PulledImage extends NamedImage {
  /** False: the newest version was here already. */
  readonly isNew: boolean
}

export interface ArchiveToImport {
  /** Absolute path of the archive. */
  readonly path: string
  /** Full reference that the image gets. */
  readonly ref: string
  /** True: another image with this name loses it. */
  readonly replaces: boolean
}

export interface ImageToExport {
  readonly digest: string
  /** Absolute path of the file to write (mode 0600). An existing file is replaced. */
  readonly path: string
  /** Compression of gzip: 1 (fast) to 9 (small). */
  readonly level: number
}

/** An unpacked image of which podman has a copy. */
export interface StoredTwice {
  /** The name by which podman knows it. */
  readonly name: string
  /** Size of the layers of podman's copy; those that it shares with an image before it in the list do not count. */
  readonly bytes: number
}

/** An unpacked image. */
export interface CachedImage {
  readonly digest: string
  /** undefined: it has no name, and no stack uses it any more. */
  readonly source: ImageSpec['source'] | undefined
  /** Full references: the names of its own and those that stacks use. */
  readonly names: readonly string[]
  /** True if it has a name of its own: it stays when no stack uses it. */
  readonly named: boolean
  /** The images of stacks with this digest. */
  readonly usedBy: readonly ResourceAddress[]
  /** Entrypoint and command. */
  readonly command: readonly string[]
}

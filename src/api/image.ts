import { resolve } from 'node:path'
import type { Image as ImageFields } from '../generated/stack-file.ts'
import { refusedError } from '../model/errors.ts'
import type { ImageSpec } from '../model/kinds/image.ts'
import { isOwned } from '../model/observation.ts'
import { libraryOwner } from '../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { removeDefinition } from './definitions.ts'
import type { Instance } from './instance.ts'
import { definitionsWithImage } from './named-images.ts'
import { imageAddress, imageResources } from './objects/library-stack.ts'

export interface ImageOptions {
  /** Letters, digits, - and _; at most 63. Stacks and commands can use it as `localhost/NAME` if it is in lower case. */
  readonly name: string
  /** Reference, e.g. `docker.io/library/alpine:3.20`. Exactly one of `dockerUrl`, `archive` and `builtin` is needed. */
  readonly dockerUrl?: string
  /** Path of an archive of an image. */
  readonly archive?: string
  readonly builtin?: ImageFields['builtin']
  /** Obtain it again if it exists. Default: false. */
  readonly reset?: boolean
}

export interface ImageImportOptions {
  /** A `.tgz` or `.tar`: see `archive` of images in stack files. */
  readonly sourcePath: string
  /** Default: from the name of the file. */
  readonly name?: string
  /** Replace an image of the same name. Default: false. */
  readonly reset?: boolean
}

/** The definition of an image. Raises `invalid` (refused). Pure. */
export function imageFields({ dockerUrl, archive, builtin }: ImageOptions): ImageFields {
  const sources = [dockerUrl, archive, builtin].filter((one) => one !== undefined)
  if (sources.length !== 1)
    throw refusedError({
      code: 'invalid',
      message: `An image needs exactly one of \`dockerUrl\`, \`archive\` and \`builtin\`; it has ${sources.length}.`,
      hint: 'Write e.g. `imageNew({ name: "tools", dockerUrl: "docker.io/library/alpine:3.20" })`.',
    })
  return {
    ...(dockerUrl !== undefined && { ref: dockerUrl }),
    ...(archive !== undefined && { archive }),
    ...(builtin !== undefined && { builtin }),
  }
}

export interface ImageInfo {
  readonly name: string
  /** Where it is from: a reference, the path of an archive, or the name of a built-in image. */
  readonly source: string
  /** Digest of its content, `sha256:...`. */
  readonly digest: string
  /** Bytes of its unpacked files. */
  readonly sizeBytes: number
  /** Folder with its unpacked files. They must not be changed. */
  readonly rootfsPath: string
}

export interface ImageExportOptions {
  /** The archive to write, `.tgz`. */
  readonly destPath: string
  /** 1 (fast) to 9 (small). Default: 6. */
  readonly compressLevel?: number
  readonly signal?: AbortSignal
}

/**
 * An unpacked image of the instance.
 * @hideconstructor
 */
export class ContainerImage {
  readonly #instance: Instance

  /** @internal Programs use `HeroPods.imageNew`, `imageGet` or `imagesList`. */
  constructor(
    instance: Instance,
    readonly address: ResourceAddress,
  ) {
    this.#instance = instance
  }

  get name(): string {
    return parseResourceAddress(this.address).name
  }

  async exists(): Promise<boolean> {
    return (await this.#instance.observe()).observations.has(this.address)
  }

  /** @internal Pulls or unpacks the image. */
  async obtain(fields: ImageFields): Promise<void> {
    const { key } = await this.#instance.changes.view({ createsKey: true })
    await this.#instance.changes.submit({
      ...(await imageResources(this.#instance, key, this.name, fields)),
      owner: libraryOwner,
      removes: [],
      adopts: false,
      deleteData: false,
    })
  }

  /** Raises `unknown-object` (refused) if the image is gone. */
  async info(): Promise<ImageInfo> {
    const { source, digest } = await this.observed()
    const { size, root } = await this.#instance.read(async (engine) => (await engine.imageStore()).info(digest))
    return {
      name: this.name,
      source: source.type === 'ref' ? source.ref : source.type === 'archive' ? source.path : source.name,
      digest,
      sizeBytes: size,
      rootfsPath: root,
    }
  }

  /** Writes the image and its configuration as an archive, for `imageImport`. Raises `unknown-object`, `export-refused` (refused). */
  async export(options: ImageExportOptions): Promise<void> {
    const { destPath, compressLevel = 6, signal } = options
    if (!Number.isInteger(compressLevel) || compressLevel < 1 || compressLevel > 9)
      throw refusedError({
        code: 'invalid',
        message: `${compressLevel} is not a level of compression.`,
        hint: 'Use a number from 1 (fast) to 9 (small).',
      })
    const { digest } = await this.observed()
    const path = resolve(this.#instance.cwd, destPath)
    await this.#instance.write(
      async (engine) => (await engine.imageStore()).export({ digest, path, level: compressLevel }, signal),
      signal,
    )
  }

  private async observed(): Promise<{ readonly source: ImageSpec['source']; readonly digest: string }> {
    const observed = (await this.#instance.observe()).observations.get(this.address)
    if (isOwned(observed, 'image') && observed.spec !== undefined)
      return { source: observed.spec.source, digest: observed.actual.digest }
    throw refusedError({ code: 'unknown-object', message: `The image ${this.name} is not here.` })
  }

  /** Removes the image and its definition. Raises `image-in-use` (refused) while a container of a program uses it. Stacks
   * that use it keep their files. An absent one is not an error. */
  async delete(): Promise<void> {
    if (this.address !== imageAddress(this.name))
      throw refusedError({
        code: 'owned-by-other',
        message: `The image ${this.name} belongs to the stack ${parseResourceAddress(this.address).stack}.`,
        hint: 'It is removed with its stack.',
      })
    const { observations } = await this.#instance.observe()
    const observed = [...observations].flatMap(([address, one]) =>
      isOwned(one, 'container') && one.spec?.image === this.address ? [parseResourceAddress(address).name] : [],
    )
    const users = [...new Set([...observed, ...(await definitionsWithImage(this.#instance, this.name))])]
    if (users.length > 0)
      throw refusedError({
        code: 'image-in-use',
        message: `The image ${this.name} is used by ${users.join(', ')}.`,
        hint: 'Delete these containers first.',
      })
    if (observations.has(this.address))
      await this.#instance.changes.submit({
        owner: libraryOwner,
        resources: [],
        secretValues: new Map(),
        removes: [this.address],
        adopts: false,
        deleteData: false,
      })
    await removeDefinition(this.#instance, 'images', this.name)
  }
}

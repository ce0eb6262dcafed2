import { join } from 'node:path'
import type { CachedImage, ImageDetails } from '../../../image-operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import { readImageConfig, rootfsOf } from '../store.ts'
import { readTaggedImages } from './names.ts'

/** All that is known about an unpacked image. Its files are counted, which takes a moment. */
export async function imageDetails(read: InstanceReader, image: CachedImage): Promise<ImageDetails> {
  const { host, paths } = read
  const root = rootfsOf(paths, image.digest)
  const names = [...(await readTaggedImages(read)).values()]
  const { Created: created, ...config } = await readImageConfig(host, paths, image.digest)
  const { mtimeMs = 0 } = (await host.stat(join(root, '../image.json'))) ?? {}
  const { stdout } = await host.query({
    program: 'du',
    args: ['--summarize', '--bytes', '--', root],
    timeoutMs: 600_000,
  })
  return {
    ...image,
    size: Number.parseInt(stdout, 10) || 0,
    created,
    unpackedAt: new Date(mtimeMs).toISOString(),
    file: names.find(({ digest }) => digest === image.digest)?.file,
    config,
    root,
  }
}

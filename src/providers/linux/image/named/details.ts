import { join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import type { CachedImage, ImageDetails } from '../../../image-operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import { readImageConfig, rootfsOf } from '../store.ts'
import { readTaggedImages } from './names.ts'

/** All that is known about unpacked images. Their files are counted by one process, which takes a moment. */
export async function imageDetails(
  read: InstanceReader,
  images: readonly CachedImage[],
): Promise<readonly ImageDetails[]> {
  const { host, paths } = read
  const names = [...(await readTaggedImages(read)).values()]
  const sizes = await sizesOf(
    host,
    images.map(({ digest }) => rootfsOf(paths, digest)),
  )
  return Promise.all(
    images.map(async (image) => {
      const root = rootfsOf(paths, image.digest)
      const { Created: created, ...config } = await readImageConfig(host, paths, image.digest)
      const { mtimeMs = 0 } = (await host.stat(join(root, '../image.json'))) ?? {}
      return {
        ...image,
        size: sizes.get(root) ?? 0,
        created,
        unpackedAt: new Date(mtimeMs).toISOString(),
        file: names.find(({ digest }) => digest === image.digest)?.file,
        config,
        root,
      }
    }),
  )
}

/** The bytes of the files in each folder. */
async function sizesOf(host: HostReader, folders: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (folders.length === 0) return new Map()
  const { stdout } = await host.query({
    program: 'du',
    args: ['--summarize', '--bytes', '--', ...folders],
    timeoutMs: 600_000,
  })
  return new Map([...stdout.matchAll(/^(\d+)\t(.*)$/gm)].map(([, bytes, folder = '']) => [folder, Number(bytes)]))
}

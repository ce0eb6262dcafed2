import { effectiveArgs } from '../../../model/kinds/effective-config.ts'
import type { CachedImage, ImageOperations } from '../../operations.ts'
import type { InstanceReader } from '../../provider.ts'

const store = () => import('./store.ts')
const pull = () => import('./pull/pull.ts')

/** Loads the module of an operation when it is first called. */
export const imageOperations: ImageOperations = {
  list: listCached,
  storedTwice: async (read) => (await import('./stored-twice.ts')).storedTwice(read),
  async remove({ host, paths }, digests) {
    await (await store()).removeCached({ host, paths }, digests)
    await (await pull()).dropAllPulled(host, paths)
  },
  pull: async ({ host, paths }, image, signal) => (await pull()).stageImage(host, paths, image, signal),
}

async function listCached(read: InstanceReader): Promise<readonly CachedImage[]> {
  const { listImages, readClaims, readImageConfig } = await store()
  const claims = [...(await readClaims(read))]
  return Promise.all(
    (await listImages(read)).map(async (digest) => {
      const own = claims.filter(([, claim]) => claim.digest === digest)
      return {
        digest,
        source: own[0]?.[1].spec.source,
        usedBy: own.map(([address]) => address),
        command: effectiveArgs({}, await readImageConfig(read.host, read.paths, digest)),
      }
    }),
  )
}

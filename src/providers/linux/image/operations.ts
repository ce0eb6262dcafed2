import { effectiveArgs } from '../../../model/kinds/effective-config.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { CachedImage, ImageOperations } from '../../image-operations.ts'
import type { InstanceReader } from '../../provider.ts'

const store = () => import('./store.ts')
const pull = () => import('./pull/pull.ts')
const pullNamed = () => import('./named/pull.ts')
const names = () => import('./named/names.ts')

/** Loads the module of an operation when it is first called. */
export const imageOperations: ImageOperations = {
  list: listCached,
  storedTwice: async (read) => (await import('./stored-twice.ts')).storedTwice(read),
  async remove({ host, paths }, digests) {
    await (await names()).removeNames({ host, paths }, digests)
    await (await store()).removeCached({ host, paths }, digests)
    await (await pull()).dropAllPulled(host, paths)
  },
  pull: async ({ host, paths }, image, signal) => (await pull()).stageImage(host, paths, image, { signal }),
  recordAnswers: async (write, answers) => (await import('./pull/answers.ts')).recordAnswers(write, answers),
  download: async (write, image, tools) => (await pullNamed()).downloadImage(write, image, tools),
  keepPulled: async (write, image, to) => (await pullNamed()).keepPulled(write, image, to),
  details: async (read, images) => (await import('./named/details.ts')).imageDetails(read, images),
  config: async ({ host, paths }, digest) => (await store()).readImageConfig(host, paths, digest),
  build: async (read, build) => (await import('./named/build.ts')).buildImage(read, build),
  import: async (write, archive) => (await import('./named/import.ts')).importImage(write, archive),
  export: async (write, image) => (await import('./named/export.ts')).exportImage(write, image),
}

async function listCached(read: InstanceReader): Promise<readonly CachedImage[]> {
  const { listImages, readClaims, readImageConfig } = await store()
  const allClaims = await readClaims(read)
  const claims = [...allClaims]
  const { imagesOfPrograms, readTaggedImages } = await names()
  const tagged = [...(await readTaggedImages(read)).values()]
  const ofPrograms = [...imagesOfPrograms(allClaims)].map(([ref, digest]) => ({ ref, digest }))
  const named = [...tagged, ...ofPrograms]
  return Promise.all(
    (await listImages(read)).map(async (digest) => {
      const own = claims.filter(([, claim]) => claim.digest === digest)
      return {
        digest,
        ...namesOf(
          own.map(([, claim]) => claim.spec.source),
          named.filter((one) => one.digest === digest).map(({ ref }) => ref),
        ),
        usedBy: own.map(([address]) => address),
        command: effectiveArgs({}, await readImageConfig(read.host, read.paths, digest)),
      }
    }),
  )
}

/** The names of an image: those of its own, and those of the references by which stacks use it. */
function namesOf(
  sources: readonly ImageSpec['source'][],
  own: readonly string[],
): Pick<CachedImage, 'source' | 'names' | 'named'> {
  const [ref] = own
  const used = sources.flatMap((source) => (source.type === 'ref' ? [source.ref] : []))
  return {
    source: sources[0] ?? (ref === undefined ? undefined : { type: 'ref', ref }),
    names: [...new Set([...own, ...used])],
    named: own.length > 0,
  }
}

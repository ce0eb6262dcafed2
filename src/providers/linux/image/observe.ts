import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { isUnpacked, readClaims, unusableClaims } from './store.ts'

type Observed = readonly [ResourceAddress, ObservationOf<'image'>]

/** The images that stacks use, including those with a damaged mark. */
export async function observeImages(read: ReadContext): Promise<ReadonlyMap<ResourceAddress, ObservationOf<'image'>>> {
  const claims = await read.once('image-claims', () => readClaims(read))
  const found = await Promise.all(
    [...claims].map(async ([address, { spec, digest, pulledByUs }]): Promise<Observed> => {
      const unpacked = await isUnpacked(read.host, read.paths, digest)
      return [address, { kind: 'image', presence: 'owned', spec, actual: { digest, unpacked, pulledByUs } }]
    }),
  )
  const damaged = (await unusableClaims(read)).map((address): Observed => [address, withoutRecord])
  return new Map([...found, ...damaged])
}

const withoutRecord: ObservationOf<'image'> = {
  kind: 'image',
  presence: 'owned',
  spec: undefined,
  actual: { digest: '', unpacked: true, pulledByUs: false },
}

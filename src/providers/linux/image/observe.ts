import type { Address } from '../../../model/address.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import { isUnpacked, readClaims, unusableClaims } from './store.ts'

type Observed = readonly [Address, ObservationOf<'image'>]

/** The images that stacks use, including those with a damaged mark. */
export async function observeImages(read: ReadContext): Promise<ReadonlyMap<Address, ObservationOf<'image'>>> {
  const claims = await read.once('image-claims', () => readClaims(read))
  const found = await Promise.all(
    [...claims].map(async ([at, { spec, digest, pulledByUs }]): Promise<Observed> => {
      const unpacked = await isUnpacked(read.host, read.paths, digest)
      return [at, { kind: 'image', presence: 'owned', spec, actual: { digest, unpacked, pulledByUs } }]
    }),
  )
  const damaged = (await unusableClaims(read)).map((at): Observed => [at, withoutRecord])
  return new Map([...found, ...damaged])
}

const withoutRecord: ObservationOf<'image'> = {
  kind: 'image',
  presence: 'owned',
  spec: undefined,
  actual: { digest: '', unpacked: true, pulledByUs: false },
}

import type { StoredTwice } from '../../../reconciler/engine/examine.ts'
import { type Check, passed, warning } from './check.ts'

const mebibyte = 1024 * 1024
/** Copies below this size are not worth a warning, bytes. */
const leastSize = 100 * mebibyte

/** Checks if images that HeroPods has unpacked are in podman's storage as well, and take space there. Pure. */
export function checkStoredTwice(images: readonly StoredTwice[]): Check {
  const size = images.reduce((sum, { bytes }) => sum + bytes, 0)
  if (size < leastSize) return passed('images', 'podman has no large copies of unpacked images')
  const names = images.toSorted((left, right) => right.bytes - left.bytes).map(({ name }) => name)
  return warning(
    'images',
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} in the storage of podman as well, with up to ${Math.round(size / mebibyte)} MiB; containers of HeroPods do not use this copy`,
    `If podman itself does not need ${names.length === 1 ? 'it' : 'them'}: \`podman rmi ${names.join(' ')}\`.`,
  )
}

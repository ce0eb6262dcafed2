import type { Origin } from '../../../model/desired.ts'
import { isNamed, type ResourceAddress, resourceAddress } from '../../../model/resource-address.ts'
import type { StackStatus } from '../../../model/status.ts'
import { recordedFiles } from '../../../stack/origin/recorded-files.ts'

/** An object that a file declares, and its place there. */
export interface DeclaredObject {
  readonly address: ResourceAddress
  readonly origin: Origin
  readonly stack: StackStatus
}

const kinds = ['container', 'network', 'volume'] as const

/** The objects with this name that the files of watched stacks declare, whether they exist or not. Reads the files. */
export async function declaredIn(stacks: readonly StackStatus[], name: string): Promise<readonly DeclaredObject[]> {
  const own = name.split('/').at(-1) ?? name
  const found = stacks.map(async (stack): Promise<readonly DeclaredObject[]> => {
    const addresses = kinds
      .map((kind) => resourceAddress(stack.stack, kind, own))
      .filter((address) => isNamed(address, name))
    const files = stack.files.map((path) => ({ path, sha256: '' }))
    const { origins } = await recordedFiles(stack.stack, files, new Map())
    const places = await origins(addresses.map((address) => ({ address, path: '' })))
    // An origin without a line is only the file of the stack.
    return addresses.flatMap((address, index) => {
      const origin = places[index]
      return origin?.line === undefined ? [] : [{ address, origin, stack }]
    })
  })
  return (await Promise.all(found)).flat()
}

import type { Resource, SecretValues } from '../../model/desired.ts'
import { ownImage, withOwner } from '../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { isRecord } from '../../model/values/unknown.ts'
import { loadDesired } from '../../stack/load.ts'

/** Resources with the values behind their sensitive tokens. */
export interface Built {
  readonly resources: readonly Resource[]
  readonly secretValues: SecretValues
}

export interface BuildContext {
  /** Folder that relative paths are relative to. */
  readonly cwd: string
  readonly instanceId: string
  /** Key under which sensitive values are named. */
  readonly key: Buffer
}

/** The resources of sections of a stack file, whose texts are literal. Raises the problems of the fields (refused). */
export async function buildResources(context: BuildContext, stack: string, sections: object): Promise<Built> {
  const { stacks, secretValues } = await loadDesired({
    files: [],
    objects: [{ apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name: stack }, ...literal(sections) }],
    mergedFiles: [],
    cwd: context.cwd,
    variables: {},
    variableFiles: [],
    profiles: [],
    environment: {},
    encryptionKey: context.key,
    instanceId: context.instanceId,
  })
  return { resources: [...(stacks[0]?.resources.values() ?? [])], secretValues }
}

/** The resources of one container, with the label of their owner. `ownsImage`: the image is created and removed with it. Pure. */
export function ofContainer(
  { resources, secretValues }: Built,
  address: ResourceAddress,
  { owner, ownsImage }: { readonly owner: string; readonly ownsImage: boolean },
): Built {
  const found = resources.find((one) => one.address === address)
  if (found?.kind !== 'container') throw new Error(`there is no container ${address}`)
  const others = resources.filter((one) => one !== found && one.kind !== 'image')
  const image = resources.find((one) => one.address === found.spec.image)
  const used =
    image?.kind === 'image' && ownsImage ? withOwnImage(found, image) : [found, ...(image === undefined ? [] : [image])]
  return { resources: [...used, ...others].map((one) => withOwner(one, owner)), secretValues }
}

/** A container and its image, which then belongs to it alone. Pure. */
export function withOwnImage(
  container: Resource & { kind: 'container' },
  image: Resource & { kind: 'image' },
): readonly [Resource & { kind: 'container' }, Resource & { kind: 'image' }] {
  const address = ownImage(container.address, parseResourceAddress(image.address).name)
  return [
    { ...container, spec: { ...container.spec, image: address } },
    { ...image, address },
  ]
}

/** Values of a program are literal: `$` does not begin a variable. Pure. */
export function literal<T>(value: T): T
export function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$')
  if (Array.isArray(value)) return value.map((one: unknown) => literal(one))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, literal(one)]))
  return value
}

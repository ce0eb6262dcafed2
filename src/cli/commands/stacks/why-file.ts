import { isOwned } from '../../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { groupBy } from '../../../model/values/group-by.ts'
import type { Snapshot } from '../../../reconciler/engine.ts'
import type { WhyFile } from '../../../report/why/why-view.ts'
import type { WhyPlace } from './why-view.ts'

/** A config or secret in a container. `index`: its place in the list of the container's files. */
export interface FileUse {
  readonly container: ResourceAddress
  readonly kind: WhyFile['kind']
  readonly name: string
  readonly target: string
  readonly index: number
}

/** The containers with a config or secret of this name, also written as STACK/NAME. Pure. */
export const usesOfFile = (name: string, { observations }: Pick<Snapshot, 'observations'>): readonly FileUse[] =>
  [...observations].flatMap(([container, one]) => {
    if (!isOwned(one, 'container')) return []
    const { stack } = parseResourceAddress(container)
    return (one.spec?.files ?? []).flatMap((file, index) =>
      file.name === name || `${stack}/${file.name}` === name
        ? [{ container, kind: file.kind, name: file.name, target: file.target, index }]
        : [],
    )
  })

/** One explanation for each config and each secret. `places`: of the containers that use them. Pure. */
export function whyFiles(uses: readonly FileUse[], places: ReadonlyMap<ResourceAddress, WhyPlace>): readonly WhyFile[] {
  const groups = groupBy(
    uses,
    ({ container, kind, name }) => `${parseResourceAddress(container).stack} ${kind} ${name}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { kind, name, container } = first
    const place = places.get(container)
    const origin = place?.fields.find(({ path }) => path === contentPath(first)) ?? place?.origin
    return [
      {
        stack: parseResourceAddress(container).stack,
        kind,
        name,
        origin: origin ? { file: origin.file, ...(origin.line !== undefined && { line: origin.line }) } : null,
        changedFiles: place?.changedFiles ?? [],
        ...(place?.readFrom && { readFrom: place.readFrom }),
        usedBy: group.map((use) => ({ container: use.container, target: use.target })),
      },
    ]
  })
}

/** The content of a config or secret in the spec of its container. Pure. */
export const contentPath = ({ index }: Pick<FileUse, 'index'>): string => `/files/${index}/content`

import { join } from 'node:path'
import { type Origin, type Resource, recordedResource } from '../../../model/desired.ts'
import type { Generation } from '../../../model/generation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { hasChanged } from '../../../reconciler/history/last-run.ts'
import { recordedFiles } from '../../../stack/origin/recorded-files.ts'
import { toPointer } from '../../../stack/read/position.ts'
import { checkoutsFolder, type Followed, followedCheckout } from '../../../watch/source/checkouts.ts'
import { shownFile } from '../../plan-origins.ts'
import type { WhyPlace } from './why-view.ts'

interface Asked {
  readonly stacks: readonly string[]
  readonly addresses: readonly ResourceAddress[]
  readonly generations: readonly Generation[]
  readonly snapshot: Snapshot
  readonly absent: ReadonlyMap<ResourceAddress, object>
  /** The fields of an object to look up, as JSON pointers. Default: all of its fields. */
  readonly fieldsOf?: (address: ResourceAddress) => readonly string[]
}

/** The origins of objects and of their fields in the files of the last run that read any. */
export async function placesOf(
  { paths, hostReader }: Engine,
  { stacks, addresses, generations, snapshot, absent, ...asked }: Asked,
  cwd: string,
): Promise<ReadonlyMap<ResourceAddress, WhyPlace>> {
  const places = new Map<ResourceAddress, WhyPlace>()
  const resources = new Map([...appliedResources(snapshot), ...resourcesOf(absent)])
  const shown = (file: string): string =>
    shownFile(file.replace(new RegExp(`^${escaped(join(paths.data, 'git'))}/(current|checkouts/[^/]+)/`), ''), cwd)
  const checkout = await followedCheckout(hostReader, paths)
  const isFetched = ({ path }: { readonly path: string }): boolean => path.startsWith(`${checkoutsFolder(paths)}/`)
  for (const stack of stacks) {
    const own = addresses.filter((address) => parseResourceAddress(address).stack === stack)
    const run = await readRun(stack, generations)
    const files = run?.stacks[stack]?.files ?? []
    if (files.length === 0) continue
    const found = await recordedFiles(stack, files, resources)
    const changedFiles = found.changed.map(shown)
    const isOfGit = files.some(isFetched)
    const revision = readFrom(stack, run, generations, isOfGit ? checkout : undefined)
    const from = isOfGit || revision.undone !== undefined ? { readFrom: revision } : {}
    for (const address of own) {
      const fields = asked.fieldsOf?.(address) ?? fieldsOf(resources.get(address)?.spec ?? {})
      const [origin, ...origins] = await found.origins(['', ...fields].map((path) => ({ address, path })))
      const named = (one: Origin) => ({ ...one, file: shown(one.file) })
      places.set(address, {
        origin: origin ? named(origin) : null,
        fields: origins.flatMap((one, index) =>
          one && !isSame(one, origin) ? [{ path: fields[index] ?? '', ...named(one) }] : [],
        ),
        changedFiles,
        ...from,
      })
    }
  }
  return places
}

/** How many runs are compared with the files. */
const comparedRuns = 10

/** The newest run that read the files as they are now, else the newest one that changed the stack: a commit of its files, not of other stacks. */
async function readRun(stack: string, generations: readonly Generation[]): Promise<Generation | undefined> {
  const runs = runsWithFiles(stack, generations)
  for (const run of runs.slice(0, comparedRuns))
    if ((await recordedFiles(stack, run.stacks[stack]?.files ?? [], new Map())).changed.length === 0) return run
  return runs[0]
}

/** The runs that read files of a stack, newest first; those that changed only other stacks come last. Pure. */
export function runsWithFiles(stack: string, generations: readonly Generation[]): readonly Generation[] {
  const runs = generations.filter((one) => (one.stacks[stack]?.files.length ?? 0) > 0).reverse()
  const changing = runs.filter((one) => hasChanged(one, stack))
  return [...changing, ...runs.filter((one) => !changing.includes(one))]
}

/** The commit of a run of a stack, and whether watch has undone it. Pure. */
export function readFrom(
  stack: string,
  run: Generation | undefined,
  generations: readonly Generation[],
  checkout: Pick<Followed, 'folder'> | undefined,
): NonNullable<WhyPlace['readFrom']> {
  const restore = generations.findLast(
    ({ undoes, stacks }) => run !== undefined && undoes?.generation === run.generation && Object.hasOwn(stacks, stack),
  )
  return {
    ...(run?.commit && { commit: run.commit.id }),
    ...(run && restore && { undone: run.generation }),
    ...(restore?.rollbackOf !== undefined && { inPlace: restore.rollbackOf }),
    ...(checkout && { folder: checkout.folder }),
  }
}

const appliedResources = ({ observations }: Snapshot): ReadonlyMap<ResourceAddress, Resource> =>
  new Map(
    [...observations].flatMap(([address, one]): [ResourceAddress, Resource][] => {
      const found = one.presence === 'owned' && one.spec ? recordedResource(address, one.spec) : undefined
      return found ? [[address, found]] : []
    }),
  )

const resourcesOf = (specs: ReadonlyMap<ResourceAddress, object>): readonly [ResourceAddress, Resource][] =>
  [...specs].flatMap(([address, spec]): [ResourceAddress, Resource][] => {
    const found = recordedResource(address, spec)
    return found ? [[address, found]] : []
  })

/** The fields of a spec, and the entries of its maps and lists, as JSON pointers. */
const fieldsOf = (spec: object): readonly string[] =>
  Object.entries(spec).flatMap(([field, value]: [string, unknown]) => {
    const entries = value !== null && typeof value === 'object' ? Object.keys(value) : []
    return entries.length > 0 ? entries.map((key) => toPointer([field, key])) : [toPointer([field])]
  })

const isSame = (one: Origin, other: Origin | undefined): boolean => one.file === other?.file && one.line === other.line

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

import { join } from 'node:path'
import { type Origin, type Resource, recordedResource } from '../../../model/desired.ts'
import { ExitCode, refuse } from '../../../model/errors.ts'
import type { Generation, StackRecord } from '../../../model/generation.ts'
import { entriesOf, isNamed, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { compareNatural } from '../../../model/values/sorted.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { lastChanges } from '../../../reconciler/history/last-change.ts'
import { renderWhy, type WhyView } from '../../../report/why-text.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import { recordedFiles } from '../../../stack/origin/recorded-files.ts'
import { toPointer } from '../../../stack/read/position.ts'
import { withEngine } from '../../engine-session.ts'
import { shownFile } from '../../plan-origins.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { type WhyPlace, whyView } from './why-view.ts'

/**
 * `heropods why`: explains objects: the file and line that declare them, the run that changed them last, their drift, and the containers
 * that wait for each other. It reads only. Raises `unknown-object` (refused).
 */
export async function why(name: string, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const objects = await withEngine(options, (engine) => explain(engine, name, terminal.cwd))
  if (options.json) terminal.print(JSON.stringify({ objects }))
  else terminal.print(objects.map((one) => renderWhy(one, new Date(), terminal.style)).join('\n\n'))
  return ExitCode.done
}

async function explain(engine: Engine, name: string, cwd: string): Promise<readonly WhyView[]> {
  const snapshot = await engine.observe()
  const known = [...snapshot.observations].flatMap(([address, one]) => (one.presence === 'owned' ? [address] : []))
  const existing = known.filter((address) => isNamed(address, name))
  const generations = await engine.generations()
  const isMeant = (address: ResourceAddress): boolean =>
    existing.length > 0 ? existing.includes(address) : isNamed(address, name)
  const changes = await lastChanges(
    generations,
    async (one) => (await engine.recordedRun(one))?.plan,
    isMeant,
    existing,
  )
  const addresses = existing.length > 0 ? existing : [...changes.keys()]
  if (addresses.length === 0) throw unknownObject(name, known)
  const stacks = [...new Set(addresses.map((address) => parseResourceAddress(address).stack))]
  const places = await placesOf(engine, { stacks, addresses, generations, snapshot }, cwd)
  const records = await engine.stackRecords(stacks)
  return addresses
    .sort(compareNatural)
    .map((address) =>
      whyView(
        address,
        { snapshot, desired: desiredOf(records, address), last: changes.get(address) },
        places.get(address) ?? { origin: null, fields: [], changedFiles: [] },
      ),
    )
}

function desiredOf(records: ReadonlyMap<string, StackRecord>, address: ResourceAddress): Resource | undefined {
  const resources = records.get(parseResourceAddress(address).stack)?.resources ?? {}
  const spec = entriesOf(resources).find(([key]) => key === address)?.[1]
  return spec && recordedResource(address, spec)
}

interface Asked {
  readonly stacks: readonly string[]
  readonly addresses: readonly ResourceAddress[]
  readonly generations: readonly Generation[]
  readonly snapshot: Snapshot
}

/** The origins of objects and of their fields in the files of the last run that read any. */
async function placesOf(
  { paths }: Engine,
  { stacks, addresses, generations, snapshot }: Asked,
  cwd: string,
): Promise<ReadonlyMap<ResourceAddress, WhyPlace>> {
  const places = new Map<ResourceAddress, WhyPlace>()
  const resources = appliedResources(snapshot)
  const shown = (file: string): string =>
    shownFile(file.replace(new RegExp(`^${escaped(join(paths.data, 'git'))}/(current|checkouts/[^/]+)/`), ''), cwd)
  for (const stack of stacks) {
    const own = addresses.filter((address) => parseResourceAddress(address).stack === stack)
    const files = generations.findLast((one) => (one.stacks[stack]?.files.length ?? 0) > 0)?.stacks[stack]?.files ?? []
    if (files.length === 0) continue
    const found = await recordedFiles(stack, files, resources)
    const changedFiles = found.changed.map(shown)
    for (const address of own) {
      const fields = fieldsOf(resources.get(address)?.spec ?? {})
      const [origin, ...origins] = await found.origins(['', ...fields].map((path) => ({ address, path })))
      const named = (one: Origin) => ({ ...one, file: shown(one.file) })
      places.set(address, {
        origin: origin ? named(origin) : null,
        fields: origins.flatMap((one, index) =>
          one && !isSame(one, origin) ? [{ path: fields[index] ?? '', ...named(one) }] : [],
        ),
        changedFiles,
      })
    }
  }
  return places
}

const appliedResources = ({ observations }: Snapshot): ReadonlyMap<ResourceAddress, Resource> =>
  new Map(
    [...observations].flatMap(([address, one]): [ResourceAddress, Resource][] => {
      const found = one.presence === 'owned' && one.spec ? recordedResource(address, one.spec) : undefined
      return found ? [[address, found]] : []
    }),
  )

/** The fields of a spec, and the entries of its maps and lists, as JSON pointers. */
const fieldsOf = (spec: object): readonly string[] =>
  Object.entries(spec).flatMap(([field, value]: [string, unknown]) => {
    const entries = value !== null && typeof value === 'object' ? Object.keys(value) : []
    return entries.length > 0 ? entries.map((key) => toPointer([field, key])) : [toPointer([field])]
  })

const isSame = (one: Origin, other: Origin | undefined): boolean => one.file === other?.file && one.line === other.line

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function unknownObject(name: string, known: readonly ResourceAddress[]) {
  const names = [...new Set(known.map((address) => parseResourceAddress(address).name))]
  return refuse({
    code: 'unknown-object',
    message: `There is no container, network, volume or image "${name}", and no stored generation changed one.${didYouMean(name, [...names, ...known])}`,
    hint:
      known.length > 0
        ? `Known: ${[...known].sort(compareNatural).slice(0, 12).join(', ')}${known.length > 12 ? ' ...' : ''}.`
        : 'This instance has no objects.',
  })
}

import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Desired } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { Engine } from '../reconciler/engine.ts'
import type { PlanInputs } from '../reconciler/plan/saved-plan.ts'
import { stackFilesIn } from '../stack/read/find-files.ts'
import type { StackMemory } from '../state/watch-store.ts'
import { alive } from '../watch/http/health.ts'
import { followedCheckout } from '../watch/source/checkouts.ts'
import { loadStacks } from './inputs.ts'

/** What `apply --allow-mass-delete` is to apply: the stacks of the files, and the end of those that a watch of them holds back. */
export interface MassDeletion {
  readonly desired: Desired
  readonly destroy: readonly string[]
}

/** A folder that stacks are read from, and what watch calls it: for a repository its URL, branch and path. */
interface Place {
  readonly folder: string
  readonly source: string
}

/**
 * Loads what is named, or else what watch follows: files, folders (also ones that hold no stack any more), or a repository by its URL,
 * of which the last checkout counts. Raises what loading does.
 */
export async function loadWithHeldBack(engine: Engine, inputs: PlanInputs): Promise<MassDeletion> {
  const load = (files: readonly string[]): Promise<Desired> =>
    loadStacks({ ...inputs, files }, engine, { writes: true })
  const places = await placesOf(engine, inputs)
  const named = inputs.files.filter((file) => !places.some((place) => place.named === file))
  const full = places.map(({ folder }) => folder).filter((folder) => stackFilesIn(folder).length > 0)
  const isEmpty = places.length > 0 && named.length + full.length === 0
  const desired = isEmpty ? { stacks: [], secretValues: new Map() } : await load([...named, ...full])
  const stated = new Set(desired.stacks.map((stack) => stack.name))
  const memories = await engine.withEvents((store) => store.memories())
  const held = [...memories.values()]
    .filter(({ stack, source }) => places.some((place) => place.source === source) && !stated.has(stack))
    .filter(({ suspended, settings }) => !suspended && settings.prune !== 'confirm' && settings.prune !== false)
  return { desired, destroy: held.map(({ stack }) => stack) }
}

async function placesOf(
  engine: Engine,
  { files, cwd, merged }: PlanInputs,
): Promise<readonly (Place & { readonly named: string })[]> {
  const checkout = await followedCheckout(engine.reader, engine.paths)
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const placeOf = (named: string): readonly (Place & { readonly named: string })[] => {
    const folder = resolve(cwd, named)
    if (checkout && [named, folder, withoutUser(named)].some((one) => one === checkout.url || one === checkout.source))
      return [{ ...checkout, named }]
    return isFolder(folder) ? [{ folder, source: folder, named }] : []
  }
  if (files.length > 0) return files.flatMap(placeOf)
  if (merged.length > 0 || existsSync(resolve(cwd, 'heropods.yaml'))) return []
  if (existsSync(resolve(cwd, 'stacks'))) return placeOf('stacks')
  const source = await watchedSource(engine)
  return source === undefined ? [] : placeOf(source)
}

const withoutUser = (url: string): string => url.replace(/(:\/\/)[^/\s]*@/, '$1')

/** What the watch at work follows; without one, the only source that is remembered. */
async function watchedSource(engine: Engine): Promise<string | undefined> {
  const [status, memories] = await engine.withEvents((store) => Promise.all([store.status(), store.memories()]))
  if (status && alive(status, Date.now())) return status.source.location
  const sources = new Set([...memories.values()].map((memory: StackMemory) => memory.source))
  return sources.size === 1 ? [...sources][0] : undefined
}

/**
 * Has watch forget stacks that are to go, before they do: killed half-way, a destroy must not be undone from memory. Answers what is
 * to be warned where that cannot be done.
 */
export async function forgetStacks(engine: Engine, names: readonly string[]): Promise<readonly Diagnostic[]> {
  try {
    await engine.withEvents(async (store) => {
      for (const name of names) await store.forgetMemory(name)
    })
    return []
  } catch (error) {
    const message = `What watch remembers of ${names.join(', ')} stays: ${(error as Error).message}`
    return [{ code: 'memory-kept', message, hint: 'Destroy it again once the records can be used.' }]
  }
}

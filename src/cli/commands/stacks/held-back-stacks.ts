import { resolve } from 'node:path'
import { existsSync, statSync } from '../../../host/caller-files.ts'
import type { Desired } from '../../../model/desired.ts'
import { type Diagnostic, messageOf } from '../../../model/errors.ts'
import type { Commit } from '../../../model/generation.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { deleteWatchRecords } from '../../../reconciler/engine/watch-records.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import type { PlanInputs } from '../../../reconciler/plan/saved-plan.ts'
import { stackFilesIn } from '../../../stack/read/find-files.ts'
import type { WatchRecord } from '../../../state/watch-store.ts'
import { alive } from '../../../watch/http/health.ts'
import { followedCheckout, followedCommit } from '../../../watch/source/checkouts.ts'
import { localHost } from '../../local-host.ts'
import { loadStacks } from '../../stack-inputs.ts'
import { printWarnings } from '../../terminal.ts'

/**
 * The inputs of `apply --allow-mass-delete` and of `diff` of the followed repository: the stacks of the files, and the names of the stacks
 * that watch would remove, or whose removal it holds back.
 */
export interface MassDeletion {
  readonly desired: Desired
  readonly destroy: readonly string[]
  /** The commit of the files, if they are the checkout that watch follows. */
  readonly commit?: Commit
}

/** A folder of stacks. `named` is the argument, `source` the name that watch uses: for a repository its URL, branch and path. */
interface SourceFolder {
  readonly named: string
  readonly folder: string
  readonly source: string
  readonly isCheckout?: true
}

/**
 * Loads files, folders (also empty ones), or a repository by its URL or its checkout, of which the last checkout is used; without arguments,
 * the source that watch follows. Raises the errors of loading.
 */
export async function loadWithHeldBack(
  engine: Engine,
  inputs: PlanInputs,
  { writes }: { readonly writes: boolean },
): Promise<MassDeletion> {
  const load = (files: readonly string[]): Promise<Desired> => loadStacks({ ...inputs, files }, engine, { writes })
  const folders = await sourceFolders(engine, inputs)
  const files = inputs.files.filter((file) => !folders.some(({ named }) => named === file))
  const full = folders.map(({ folder }) => folder).filter((folder) => stackFilesIn(folder).length > 0)
  const isEmpty = folders.length > 0 && files.length + full.length === 0
  const desired = isEmpty ? { stacks: [], secretValues: new Map() } : await load([...files, ...full])
  const [checkout] = folders.length === 1 && files.length === 0 ? folders : []
  const commit = checkout?.isCheckout && (await followedCommit(engine.hostReader, engine.paths))
  const records = writes
    ? await engine.withEvents((store) => store.watchRecords())
    : await readWatchRecords(engine.paths)
  return { desired, destroy: heldBack(records, folders, desired), ...(commit && { commit }) }
}

/** Starts no server: without one there are no records. */
async function readWatchRecords({ instance }: Engine['paths']): Promise<WatchRecords> {
  const store = await openEvents({ host: localHost, instance })
  try {
    return (await store?.watchRecords()) ?? new Map()
  } finally {
    await store?.close()
  }
}

type WatchRecords = ReadonlyMap<string, WatchRecord>

/** True for the URL of the repository that a watch of this instance followed last. */
export async function isFollowedUrl({ hostReader, paths }: Engine, named: string): Promise<boolean> {
  const checkout = await followedCheckout(hostReader, paths)
  return [named, withoutUser(named)].some((one) => one === checkout?.url || one === checkout?.source)
}

/** Names of the stacks of these folders that watch would remove now if it did not hold them back. */
function heldBack(
  watchRecords: WatchRecords,
  folders: readonly SourceFolder[],
  { stacks }: Desired,
): readonly string[] {
  const declared = new Set(stacks.map((stack) => stack.name))
  return [...watchRecords.values()]
    .filter(({ stack, source }) => folders.some((folder) => folder.source === source) && !declared.has(stack))
    .filter(({ suspended, settings }) => !suspended && settings.prune !== 'confirm' && settings.prune !== false)
    .map(({ stack }) => stack)
}

async function sourceFolders(engine: Engine, { files, cwd, merged }: PlanInputs): Promise<readonly SourceFolder[]> {
  const checkout = await followedCheckout(engine.hostReader, engine.paths)
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const folderOf = (named: string): readonly SourceFolder[] => {
    const folder = resolve(cwd, named)
    const names = checkout ? [checkout.url, checkout.source, checkout.folder] : []
    if (checkout && [named, folder, withoutUser(named)].some((one) => names.includes(one)))
      return [{ ...checkout, named, isCheckout: true }]
    return isFolder(folder) ? [{ folder, source: folder, named }] : []
  }
  if (files.length > 0) return files.flatMap(folderOf)
  if (merged.length > 0 || existsSync(resolve(cwd, 'heropods.yaml'))) return []
  if (existsSync(resolve(cwd, 'stacks'))) return folderOf('stacks')
  const source = await watchedSource(engine)
  return source === undefined ? [] : folderOf(source)
}

const withoutUser = (url: string): string => url.replace(/(:\/\/)[^/\s]*@/, '$1')

/** The source of the running watch; if none runs, the source of all recorded stacks if they have the same one. */
async function watchedSource(engine: Engine): Promise<string | undefined> {
  const [status, watchRecords] = await engine.withEvents((store) => Promise.all([store.status(), store.watchRecords()]))
  if (status && alive(status, Date.now())) return status.source.location
  const sources = new Set([...watchRecords.values()].map((record: WatchRecord) => record.source))
  return sources.size === 1 ? [...sources][0] : undefined
}

/**
 * Deletes the records of watch about stacks, before these are removed: otherwise watch could restore the stacks after a kill in the
 * middle of the removal. Prints a warning if the records cannot be written.
 */
export async function forgetStacks(engine: Engine, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  try {
    await engine.withEvents((store) => deleteWatchRecords(store, names))
  } catch (error) {
    printWarnings([memoryKept(names, error)])
  }
}

const memoryKept = (names: readonly string[], error: unknown): Diagnostic => ({
  code: 'memory-kept',
  message: `The records of watch about ${names.join(', ')} were not deleted: ${messageOf(error)}`,
  hint: 'Run `heropods destroy` again when the records are available.',
})

import { join, resolve } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { DesiredStack } from '../../../model/desired.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import { commitText, shortCommit } from '../../../model/generation.ts'
import type { Plan } from '../../../model/plan.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { conditionOf, type StackStatus, type WatchStatus } from '../../../model/status.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { desiredHash } from '../../../reconciler/history/history.ts'
import type { WatchRecord } from '../../../state/watch-store.ts'
import { checkoutsFolder } from '../../../watch/source/checkouts.ts'
import { localHost } from '../../local-host.ts'
import { watchState } from './running-watch.ts'

/** A stack that a command is about to change. `desiredHash` undefined: it is removed. */
export interface ChangedStack {
  readonly name: string
  readonly desiredHash?: string
  /** Absolute paths. */
  readonly files: readonly string[]
}

/** The stacks that a plan changes. `removed`: names of those that it removes. Pure. */
export function changedStacks(
  { steps }: Pick<Plan, 'steps'>,
  stacks: readonly DesiredStack[],
  removed: readonly string[],
  cwd: string,
): readonly ChangedStack[] {
  const inPlan = new Set(steps.map((step) => parseResourceAddress(step.address).stack))
  const declared = stacks.map((stack): ChangedStack => {
    const files = stack.files.map(({ path }) => resolve(cwd, path))
    return { name: stack.name, desiredHash: desiredHash(stack), files }
  })
  return [...declared, ...removed.map((name): ChangedStack => ({ name, files: [] }))].filter(({ name }) =>
    inPlan.has(name),
  )
}

/** The warnings about changes of these stacks under a running watch; empty: there are none, or the records cannot be read. */
export const watchWarnings = (
  engine: Pick<Engine, 'paths'>,
  changed: readonly ChangedStack[],
): Promise<readonly Diagnostic[]> =>
  changed.length === 0
    ? Promise.resolve([])
    : underWatch(engine, (status, records) => [
        ...undoneByWatch(status, records, changed, engine.paths),
        ...rejectedByWatch(status, records, changed, engine.paths),
      ])

/** The warning about a rollback of stacks that a running watch follows; empty: it follows none, or the records cannot be read. */
export const rollbackWarnings = (
  engine: Pick<Engine, 'paths'>,
  stacks: readonly string[],
): Promise<readonly Diagnostic[]> =>
  underWatch(engine, (status) => rolledBackUnderWatch(status, stacks, engine.paths.instance))

/** Gives the status and the records of a watch that runs. Returns nothing if none runs or they cannot be read. */
export async function underWatch(
  { paths }: Pick<Engine, 'paths'>,
  warningsOf: (status: WatchStatus, records: ReadonlyMap<string, WatchRecord>) => readonly Diagnostic[],
): Promise<readonly Diagnostic[]> {
  const store = await openEvents({ host: localHost, instance: paths.instance }).catch(() => undefined)
  try {
    const status = await store?.status()
    if (store === undefined || status === undefined) return []
    if ((await watchState(localHost, paths, status)) === 'ended') return []
    return warningsOf(status, await store.watchRecords())
  } catch {
    return []
  } finally {
    await store?.close()
  }
}

/** The warning about those stacks that watch will change back. Pure. */
export function undoneByWatch(
  { pid, source: { location, revision, kind }, stacks }: WatchStatus,
  watchRecords: ReadonlyMap<string, WatchRecord>,
  changed: readonly ChangedStack[],
  { instance, data }: Pick<Paths, 'instance' | 'data'>,
): readonly Diagnostic[] {
  const followed = new Map(stacks.filter(isKeptByWatch).map((one) => [one.stack, one]))
  const names = changed
    .filter((one) => followed.has(one.name) && !isInSource(one, { kind, location }, data))
    .filter(
      ({ name, desiredHash }) => desiredHash === undefined || watchRecords.get(name)?.verifiedHash !== desiredHash,
    )
    .map(({ name }) => name)
  if (names.length === 0) return []
  const at = kind === 'git' && revision !== null ? ` at ${shortCommit(revision)}` : ''
  const argument = argumentOf(names, instance)
  return [
    {
      code: 'watched-stack',
      message: `watch (pid ${pid}) follows ${names.join(', ')} from ${location}${at} and will undo this.`,
      hint: `Run \`heropods suspend ${argument}\` first, and \`heropods resume ${argument}\` later; or change the files that watch follows.`,
    },
  ]
}

/** The warning about changes that are those of the source and that watch does not apply: they have failed, or a user rolled them back. Pure. */
export function rejectedByWatch(
  { source, stacks }: WatchStatus,
  watchRecords: ReadonlyMap<string, WatchRecord>,
  changed: readonly ChangedStack[],
  { instance, data }: Pick<Paths, 'instance' | 'data'>,
): readonly Diagnostic[] {
  const followed = new Set(stacks.map(({ stack }) => stack))
  return changed
    .filter((one) => followed.has(one.name) && isInSource(one, source, data))
    .flatMap(({ name, desiredHash }) => {
      const rejected = watchRecords.get(name)?.rejected
      if (!rejected || rejected.hash !== desiredHash) return []
      const retry = `\`heropods resume ${argumentOf([name], instance)}\``
      if (rejected.reason === 'RolledBack') return [{ code: 'watched-stack', message: `${name}: ${rejected.message}` }]
      const commit = rejected.commit ? ` of commit ${commitText(rejected.commit)}` : ''
      const result = rejected.restored ? 'was undone' : 'has failed'
      const message = `${name}: this change${commit} ${result} as generation ${rejected.generation}.`
      return [{ code: 'watched-stack', message, hint: `${retry} tries it again.` }]
    })
}

/** The warning about a rollback of stacks that watch follows. Pure. */
export function rolledBackUnderWatch(
  { pid, source: { location }, stacks }: WatchStatus,
  rolledBack: readonly string[],
  instance: string,
): readonly Diagnostic[] {
  const followed = new Set(stacks.filter(isKeptByWatch).map(({ stack }) => stack))
  const names = rolledBack.filter((name) => followed.has(name))
  if (names.length === 0) return []
  const named = names.join(', ')
  return [
    {
      code: 'watched-stack',
      message: `watch (pid ${pid}) follows ${named} from ${location}. After this rollback it does not apply the files of ${named} until they change.`,
      hint: `\`heropods resume ${argumentOf(names, instance)}\` applies them again.`,
    },
  ]
}

/** True if all files of a change are those that watch follows. */
function isInSource(
  { files }: ChangedStack,
  { kind, location }: Pick<WatchStatus['source'], 'kind' | 'location'>,
  data: string,
): boolean {
  const folder = kind === 'git' ? join(checkoutsFolder({ data }), 'current') : location
  return files.length > 0 && files.every((file) => file.startsWith(`${folder}/`))
}

const argumentOf = (names: readonly string[], instance: string): string =>
  `${names.join(' ')}${instance === 'default' ? '' : ` --instance ${instance}`}`

/** True if watch corrects changes of a stack: it is not suspended, its mode is `heal`, and its removal does not wait for a user. */
function isKeptByWatch(stack: StackStatus): boolean {
  const degraded = conditionOf(stack, 'Degraded')
  const isHeld = degraded?.status === true && ['MassDeletion', 'AwaitingConfirmation'].includes(degraded.reason)
  return stack.mode === 'heal' && !isHeld && conditionOf(stack, 'Suspended')?.status !== true
}

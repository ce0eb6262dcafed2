import { join, resolve } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { DesiredStack } from '../../../model/desired.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import { shortCommit } from '../../../model/generation.ts'
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

/** The warning that a running watch will undo changes of these stacks; empty: it will not, or the records cannot be read. */
export async function watchWarnings(
  engine: Pick<Engine, 'paths'>,
  changed: readonly ChangedStack[],
): Promise<readonly Diagnostic[]> {
  if (changed.length === 0) return []
  const { paths } = engine
  const store = await openEvents({ host: localHost, instance: paths.instance }).catch(() => undefined)
  try {
    const status = await store?.status()
    if (store === undefined || status === undefined) return []
    if ((await watchState(localHost, paths, status)) === 'ended') return []
    return undoneByWatch(status, await store.watchRecords(), changed, paths)
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
  const folder = kind === 'git' ? join(checkoutsFolder({ data }), 'current') : location
  const isInSource = ({ files }: ChangedStack): boolean =>
    files.length > 0 && files.every((file) => file.startsWith(`${folder}/`))
  const names = changed
    .filter((one) => followed.has(one.name) && !isInSource(one))
    .filter(
      ({ name, desiredHash }) => desiredHash === undefined || watchRecords.get(name)?.verifiedHash !== desiredHash,
    )
    .map(({ name }) => name)
  if (names.length === 0) return []
  const at = kind === 'git' && revision !== null ? ` at ${shortCommit(revision)}` : ''
  const argument = `${names.join(' ')}${instance === 'default' ? '' : ` --instance ${instance}`}`
  return [
    {
      code: 'watched-stack',
      message: `watch (pid ${pid}) follows ${names.join(', ')} from ${location}${at} and will undo this.`,
      hint: `Run \`heropods suspend ${argument}\` first, and \`heropods resume ${argument}\` later; or change the files that watch follows.`,
    },
  ]
}

/** True if watch corrects changes of a stack: it is not suspended, its mode is `heal`, and its removal does not wait for a user. */
function isKeptByWatch(stack: StackStatus): boolean {
  const degraded = conditionOf(stack, 'Degraded')
  const isHeld = degraded?.status === true && ['MassDeletion', 'AwaitingConfirmation'].includes(degraded.reason)
  return stack.mode === 'heal' && !isHeld && conditionOf(stack, 'Suspended')?.status !== true
}

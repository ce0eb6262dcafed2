import type { Paths } from '../../../host/files/paths.ts'
import { conditionOf, type StackStatus, stackWord } from '../../../model/status.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { headline } from '../../../report/status-text.ts'
import type { WhyStack } from '../../../report/why/why-view.ts'
import { localHost } from '../../local-host.ts'
import { watchState } from '../watch/running-watch.ts'

/** The stacks whose files a running watch does not apply now. Returns nothing if none runs, or if its status cannot be read. */
export const unappliedStacks = async (paths: Paths): Promise<ReadonlyMap<string, WhyStack>> =>
  new Map((await watchedStacks(paths)).flatMap(unappliedStack))

/** The stacks of a running watch. Returns nothing if none runs, or if its status cannot be read. */
export async function watchedStacks(paths: Paths): Promise<readonly StackStatus[]> {
  const store = await openEvents({ host: localHost, instance: paths.instance }).catch(() => undefined)
  try {
    const status = await store?.status()
    if (status === undefined || (await watchState(localHost, paths, status)) === 'ended') return []
    return status.stacks
  } catch {
    return []
  } finally {
    await store?.close()
  }
}

/** A stack that is suspended, undone or held, or whose files are not valid: then its objects are not as their files declare. Pure. */
export function unappliedStack(one: StackStatus): readonly (readonly [string, WhyStack])[] {
  const word = stackWord(one)
  const isInvalid = word === 'Degraded' && conditionOf(one, 'Degraded')?.reason === 'Invalid'
  if (!['Suspended', 'Undone', 'Held'].includes(word) && !isInvalid) return []
  return [[one.stack, { status: word, message: headline(one)[1] }]]
}

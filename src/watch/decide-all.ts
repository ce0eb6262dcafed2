import { type Decision, decide } from './decide.ts'
import { isMending } from './drift.ts'
import { isMassDeletion, removedBy } from './guard.ts'
import { isSuspended } from './kept.ts'
import type { Survey } from './survey.ts'
import type { Work } from './work.ts'

/** What to do about each stack; whether too much would go at once is a question of all of them together. Pure. */
export function decideAll(
  works: readonly Work[],
  { snapshot }: Survey,
  now: number,
): readonly { readonly work: Work; readonly decision: Decision }[] {
  const removed = works.flatMap((work) => (isNew(work) || work.kept.removed ? removedBy(work.steps) : []))
  const mass = isMassDeletion(
    removed.length,
    [...snapshot.resources.values()].filter((one) => one.presence === 'owned').length,
  )
  return works.map((work) => ({
    work,
    decision: decide({
      settings: work.kept.settings,
      suspended: isSuspended(work.kept),
      isNew: isNew(work),
      removed: work.kept.removed,
      restores: work.kept.memory.rejected?.restored === false && work.target?.hash === work.kept.memory.appliedHash,
      failed: work.error !== undefined,
      steps: work.steps.length,
      changes: work.steps.some((step) => !isMending(step)),
      massDeletion: mass && removedBy(work.steps).length > 0,
      now: new Date(now),
    }),
  }))
}

/** Whether what a stack is held against is not what was last applied and has proved itself. Pure. */
export const isNew = ({ target, kept }: Work): boolean =>
  target !== undefined && target.hash !== kept.memory.appliedHash

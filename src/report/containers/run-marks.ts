import { exitText } from '../../model/kinds/text/exit-text.ts'
import type { ContainerRun } from '../../reconciler/engine/runs.ts'
import { seconds } from '../reporters.ts'

/** True if a run has started before a line of a log was written. Times of lines have more digits than those of runs. Pure. */
export const isAtOrAfter = (time: string, startedAt: string): boolean => time >= startedAt.replace(/Z$/, '')

/** The marks between two lines of one log: the end of each run, and the start of the next one. `before`: time of the line before. Pure. */
export function marksBetween(
  runs: readonly ContainerRun[],
  before: string | undefined,
  time: string,
): readonly string[] {
  if (before === undefined) return []
  return runs.flatMap((next, index) => {
    const exit = runs[index - 1]?.exit
    const isBetween = !isAtOrAfter(before, next.startedAt) && isAtOrAfter(time, next.startedAt)
    return exit && isBetween ? [markText(exit, next.startedAt)] : []
  })
}

function markText(exit: NonNullable<ContainerRun['exit']>, nextStart: string): string {
  const { endedAt } = exit
  const pause = seconds(Math.max(0, Date.parse(nextStart) - Date.parse(endedAt)))
  return `--- exited with code ${exitText(exit)}${exit.stoppedBy === undefined ? '' : ','} at ${inSeconds(endedAt)}, started again ${pause} later ---`
}

const inSeconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z')

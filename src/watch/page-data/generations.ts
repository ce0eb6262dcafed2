import { authorText, changedStacks, type Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import type { Engine } from '../../reconciler/engine.ts'
import type { GenerationDetails, HistoryEntry } from '../http/view.ts'

/** A reader of the records, open for one answer. */
export type GenerationReader = Pick<Engine, 'generations' | 'recordedRun' | 'close'>

interface Tools {
  openReader(): Promise<GenerationReader>
  renderPlan(plan: Plan): string
}

/** The generations, newest first. */
export const historyOf = (openReader: Tools['openReader']): Promise<readonly HistoryEntry[]> =>
  reading(openReader, async (engine) => (await engine.generations()).map(historyEntry).reverse())

/** One generation with its plan and its failures; undefined: it is not stored. */
export const generationDetails = (
  generation: number,
  { openReader, renderPlan }: Tools,
): Promise<GenerationDetails | undefined> =>
  reading(openReader, async (engine) => {
    const found = (await engine.generations()).find((one) => one.generation === generation)
    if (found === undefined) return undefined
    const plan = (await engine.recordedRun(generation))?.plan
    return {
      ...historyEntry(found),
      failures: (found.failures ?? []).map(({ message, hint, address }) => ({
        message,
        hint: hint ?? null,
        address: address ?? null,
      })),
      plan: plan === undefined ? null : renderPlan(plan).replace(/^\n+|\s+$/g, ''),
    }
  })

async function reading<T>(openReader: Tools['openReader'], act: (engine: GenerationReader) => Promise<T>): Promise<T> {
  const engine = await openReader()
  try {
    return await act(engine)
  } finally {
    await engine.close()
  }
}

const historyEntry = (one: Generation): HistoryEntry => ({
  generation: one.generation,
  time: one.time,
  by: authorText(one),
  user: one.user,
  ...(one.via && { via: one.via }),
  pid: one.pid,
  command: commandName(one.command),
  ...(one.origin !== undefined && { origin: one.origin }),
  ...(one.commit && { commit: one.commit }),
  ...(one.rollbackOf !== undefined && { rollbackOf: one.rollbackOf }),
  ...(one.undoes && { undoes: one.undoes }),
  result: one.result,
  stacks: Object.keys(one.stacks).sort(),
  ...changedOf(one),
  summary: one.summary,
})

/** Only where it is not all of its stacks. */
function changedOf(one: Generation): Pick<HistoryEntry, 'changed'> {
  const changed = changedStacks(one)
  return changed.length < Object.keys(one.stacks).length ? { changed } : {}
}

/** A command line without its arguments: the values of variables and URLs may be secret, and many can read the page. Pure. */
const commandName = (line: string): string => /^\S+(?: [a-z]+(?= |$))?/.exec(line)?.[0] ?? ''

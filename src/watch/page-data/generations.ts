import type { Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
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
  user: one.user,
  ...(one.via && { via: one.via }),
  pid: one.pid,
  command: commandName(one.command),
  ...(one.origin !== undefined && { origin: one.origin }),
  ...(one.commit && { commit: one.commit }),
  ...(one.rollbackOf !== undefined && { rollbackOf: one.rollbackOf }),
  result: one.result,
  stacks: Object.keys(one.stacks).sort(),
  ...changedStacks(one),
  summary: one.summary,
})

function changedStacks({ stacks, steps = [], omittedSteps = 0 }: Generation): Pick<HistoryEntry, 'changed'> {
  const touched = new Set(steps.map(({ address }) => parseResourceAddress(address).stack))
  const changed = Object.keys(stacks).filter((stack) => touched.has(stack))
  return omittedSteps > 0 || changed.length === 0 ? {} : { changed: changed.sort() }
}

/** A command line without its arguments: the values of variables and URLs may be secret, and many can read the page. Pure. */
const commandName = (line: string): string => /^\S+(?: [a-z]+(?= |$))?/.exec(line)?.[0] ?? ''

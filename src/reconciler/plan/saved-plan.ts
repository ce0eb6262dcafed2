import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from '../../host/caller-files.ts'
import { readPlainText } from '../../host/files/plain-file.ts'
import { refusedError } from '../../model/errors.ts'
import { addressIn, type Plan, type Step } from '../../model/plan.ts'
import { flag, listOf, mapOf, object, text } from '../../model/values/shape.ts'
import { stableJson } from '../../model/values/stable-json.ts'

/** The inputs of a plan: enough to make it again. Sensitive values are not in it: their sources are read again. */
export interface PlanInputs {
  readonly instance: string
  readonly cwd: string
  readonly files: readonly string[]
  readonly merged: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly variableFiles: readonly string[]
  readonly profiles: readonly string[]
  readonly targets: readonly string[]
  readonly deleteData: boolean
}

interface SavedPlan {
  readonly formatVersion: 1
  readonly kind: 'Plan'
  readonly inputs: PlanInputs
  readonly plan: Plan
}

/** Writes a plan for a later `apply`, readable by its owner alone. Raises `plan-unwritable` (refused). */
export async function savePlan(path: string, inputs: PlanInputs, plan: Plan): Promise<void> {
  const saved: SavedPlan = { formatVersion: 1, kind: 'Plan', inputs, plan }
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(temporary, `${stableJson(saved, 2)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw refusedError({
      code: 'plan-unwritable',
      message: `The plan cannot be saved: ${(error as Error).message}.`,
      hint: 'Name a file in a folder that exists.',
    })
  }
}

/** Users may edit the file, so each field that is read must be of its type. */
const savedShape = object({
  inputs: object({
    instance: text,
    cwd: text,
    files: listOf(text),
    merged: listOf(text),
    variables: mapOf(text),
    variableFiles: listOf(text),
    profiles: listOf(text),
    targets: listOf(text),
    deleteData: flag,
  }),
  plan: object({ steps: listOf(object({ id: text })) }),
})

const largestPlan = 256 * 2 ** 20

/** Reads a saved plan. Raises `plan-unreadable` (refused). */
export async function loadPlan(path: string): Promise<{ inputs: PlanInputs; plan: Plan }> {
  try {
    const saved = JSON.parse(readPlainText(path, largestPlan)) as SavedPlan | null
    if (saved?.kind !== 'Plan' || saved.formatVersion !== 1)
      throw new Error('it was not written by this version of HeroPods')
    const wrong = savedShape(saved)
    if (wrong !== undefined) throw new Error(wrong)
    return saved
  } catch (error) {
    throw refusedError({
      code: 'plan-unreadable',
      message: `${path} cannot be used as a plan: ${error instanceof Error ? error.message : error}.`,
      hint: 'Make it with `heropods diff --out plan.json`.',
    })
  }
}

/** A process may end between two plans without another effect of the step. */
const compared = ({ notRunning: _, ignoresStop: _signal, ...step }: Step): string => stableJson(step)

/** A saved plan is applied exactly or not at all. Raises `plan-stale` (refused) when planning again gives other steps. */
export function requireSame(saved: Plan, now: Plan): void {
  const [before, after] = [saved, now].map(({ steps }) => new Map(steps.map((step) => [step.id, compared(step)])))
  if (before === undefined || after === undefined || stableJson([...before]) === stableJson([...after])) return
  const ids = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id))
  const changed = [...new Set(ids.map((id) => addressIn(id) ?? id))]
  throw refusedError({
    code: 'plan-stale',
    message: `The files, the variables or the host have changed since this plan was saved: ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ' ...' : ''} ${changed.length === 1 ? 'differs' : 'differ'} from it.`,
    hint: 'Make a new one with `heropods diff --out`, read it and apply that.',
  })
}

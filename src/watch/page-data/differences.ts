import type { Change } from '../../model/change.ts'
import { showable } from '../../model/diff/showable.ts'
import { isDerivedPath } from '../../model/kinds/network.ts'
import { isRemoving, makes, type Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { readableText } from '../../model/values/content.ts'

/** One field of an object in which the files, the records of the last apply and the host are not the same. */
export interface Difference {
  readonly address: string
  readonly field: string
  /** The declared value: that of the files. */
  readonly wanted: string
  /** The value that was applied last. */
  readonly recorded: string
  /** The observed value: that of the host. */
  readonly live: string
}

const maxValueCharacters = 200

/** The differences that the steps of a plan would end. `wasApplied`: the stack was applied before. Pure. */
export const differencesOf = (steps: readonly Step[], wasApplied: boolean): readonly Difference[] =>
  distinct(steps.flatMap((step) => stepDifferences(step, wasApplied)))

/** An object that several stacks use is in the plan of each. */
const distinct = (all: readonly Difference[]): readonly Difference[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
]

function stepDifferences(step: Step, wasApplied: boolean): readonly Difference[] {
  if (step.action === 'create') return [absent(step, wasApplied)]
  if (isRemoving(step)) return [undeclared(step)]
  return step.changes.filter(({ path }) => !isDerivedPath(path)).map((change) => differenceOf(step, change))
}

const absent = ({ address }: Step, wasApplied: boolean): Difference => ({
  address,
  field: parseResourceAddress(address).kind,
  wanted: 'declared',
  recorded: wasApplied ? 'applied' : 'not applied',
  live: 'does not exist',
})

const undeclared = ({ address }: Step): Difference => ({
  address,
  field: parseResourceAddress(address).kind,
  wanted: 'not declared',
  recorded: 'applied',
  live: 'exists',
})

function differenceOf(step: Step, change: Change): Difference {
  const { address } = step
  if (change.drift !== undefined) return driftOf(address, change, change.drift)
  const [recorded, desired] = [change.before, change.after].map((value) => valueText(change.path, value))
  return {
    address,
    field: injectedFileName(step, change.path) ?? fieldName(change.path),
    wanted: desired ?? '',
    recorded: recorded ?? '',
    live: 'as recorded',
  }
}

function driftOf(address: string, { path, driftedField }: Change, text: string): Difference {
  if (driftedField === undefined)
    return { address, field: path.split('/')[2] ?? 'host', wanted: 'as recorded', recorded: 'as applied', live: text }
  const { name, applied, live } = driftedField
  return { address, field: name, wanted: applied, recorded: applied, live }
}

/** `/files/0/content` is `config page`, as in plans: its place in the list has no meaning for users. */
function injectedFileName(step: Step, path: string): string | undefined {
  const [, field, at, ...rest] = path.split('/')
  const file = field === 'files' && makes(step, 'container') ? step.spec.files[Number(at)] : undefined
  if (file === undefined) return undefined
  const part = rest[0] === undefined || rest[0] === 'content' ? '' : ` ${rest[0]}`
  return `${file.kind} ${file.name}${part}`
}

const bytesText = (bytes: number): string =>
  bytes >= 2 ** 60 ? 'no limit' : bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20}M` : `${bytes} bytes`

/** `/environment/PORT` is `environment.PORT`. */
const fieldName = (path: string): string =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')

/** A value as text. Values of variables are hidden: they often are passwords. */
function valueText(path: string, value: unknown): string {
  if (value === undefined) return 'not set'
  if (path.startsWith('/environment')) return '(hidden)'
  const shown = showable(value)
  const text = /^\/mem(_limit|_reservation|swap_limit)$/.test(path)
    ? bytesText(Number(value))
    : typeof shown === 'string'
      ? (readableText(shown) ?? shown)
      : JSON.stringify(shown)
  return text.length > maxValueCharacters ? `${text.slice(0, maxValueCharacters)}...` : text
}

import type { Plan, Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { countOf } from '../../model/values/count.ts'
import type { Effect, Entry } from './entries.ts'
import { durationText } from './fields/units.ts'
import { type Line, line, type Span, span } from './lines.ts'
import { shortNames } from './names.ts'

const counted: readonly (readonly [Effect, string])[] = [
  ['create', 'to create'],
  ['reuse', 'to reuse'],
  ['update', 'to update'],
  ['start', 'to start'],
  ['rerun', 'to run again'],
  ['restart', 'to restart'],
  ['replace', 'to replace'],
  ['delete', 'to delete'],
  ['erase', 'to erase with data'],
  ['release', 'to release (data kept)'],
]

/** The last lines of a plan: counts, and which containers are down for a moment. Pure. */
export function summaryLines(entries: readonly Entry[], { keep }: Plan['summary']): readonly Line[] {
  const count = (effect: Effect): number =>
    entries.filter((one) => one.effect === effect || (effect === 'update' && one.effect === 'members')).length
  const parts = counted.filter(([effect]) => count(effect) > 0).map(([effect, words]) => `${count(effect)} ${words}`)
  const unchanged = keep > 0 ? `; ${keep} unchanged` : ''
  return [line(0, span('Plan:', 'bold'), ` ${parts.join(', ')}${unchanged}.`), ...outageLines(entries)]
}

function outageLines(entries: readonly Entry[]): readonly Line[] {
  const containers = entries.filter(({ step }) => step.kind === 'container')
  const restarted = containers.filter(({ effect }) => effect === 'restart')
  const replaced = containers.filter(({ effect }) => effect === 'replace')
  const all = [...restarted, ...replaced]
  const removed = removal(containers.filter(({ effect, step }) => effect === 'delete' && isRunning(step)))
  if (all.length > 0) {
    const more = removed === '' ? [] : [span(` ${removed}`, 'removed')]
    return [line(0, ...outage(restarted.length, replaced.length, longestStop(all)), ...more)]
  }
  if (removed !== '') return [line(0, span('No container restarts; ', 'dim'), span(removed, 'removed'))]
  const isLive = containers.some(({ effect }) => effect === 'update' || effect === 'rerun')
  return isLive ? [line(0, span('No container restarts.', 'dim'))] : []
}

const isRunning = ({ notRunning }: Step): boolean => notRunning === undefined

/** The running containers that the plan removes: `2 are stopped and removed (cache, db).` */
function removal(removed: readonly Entry[]): string {
  if (removed.length === 0) return ''
  const names = shortNames(removed.map(({ step }) => parseResourceAddress(step.address).name))
  const verb = removed.length === 1 ? 'is' : 'are'
  return `${removed.length} ${verb} stopped and removed (${names}).`
}

function outage(restarted: number, replaced: number, stop: number): readonly Span[] {
  const each = (count: number): string => (count === 1 ? '' : ' each')
  const parts = [
    ...(restarted > 0
      ? [`${countOf(restarted, 'container')} ${restarted === 1 ? 'restarts' : 'restart'}, about 1 s${each(restarted)}`]
      : []),
    ...(replaced > 0
      ? [`${countOf(replaced, 'container')} ${replaced === 1 ? 'is' : 'are'} replaced, a few seconds${each(replaced)}`]
      : []),
  ]
  const subject = restarted + replaced === 1 ? 'it ignores' : 'they ignore'
  const longest = stop > 0 ? ` (${durationText(stop)} more if ${subject} the stop signal)` : ''
  return [span(parts.join('; '), 'removed'), span(`${longest}.`, stop > 0 ? 'dim' : 'removed')]
}

const longestStop = (entries: readonly Entry[]): number =>
  Math.max(0, ...entries.flatMap(({ step }) => stopTimes(step)))

/** The declared time and the applied one, with which the running process was started. */
const stopTimes = (step: Step): readonly number[] =>
  step.kind === 'container'
    ? [
        step.spec?.stop_grace_period ?? 0,
        ...step.changes.flatMap(({ path, before }) =>
          path === '/stop_grace_period' && typeof before === 'number' ? [before] : [],
        ),
      ]
    : []

import type { Plan, Step } from '../../../model/plan.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { countOf } from '../../../model/values/count.ts'
import { groupBy } from '../../../model/values/group-by.ts'
import type { Effect, Entry } from '../entries.ts'
import { durationText } from '../fields/units.ts'
import { type Line, line, type Span, span } from '../lines.ts'
import { shortNames, withoutReplica } from '../names.ts'
import { renameLines } from './renames.ts'
import { isSlow, longestGracePeriod, type SlowRow, slowRows } from './stop-times.ts'

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
  return [
    line(0, span('Plan:', 'bold'), ` ${parts.join(', ')}${unchanged}.`),
    ...downtimeLines(entries),
    ...renameLines(entries),
  ]
}

function downtimeLines(entries: readonly Entry[]): readonly Line[] {
  const outage = outageLine(entries)
  if (outage !== undefined) return [outage]
  const isLive = entries.some(({ effect, step }) => step.kind === 'container' && ['update', 'rerun'].includes(effect))
  return isLive ? [line(0, span(noRestart, 'dim'))] : []
}

const noRestart = 'No container restarts.'

/** The containers that are down for a moment, and those that are removed; undefined: there are none. Pure. */
export function outageLine(entries: readonly Entry[]): Line | undefined {
  const containers = entries.filter(({ step }) => step.kind === 'container')
  const removed = containers.filter(({ effect, step }) => effect === 'delete' && isRunning(step))
  const down = downtimeSpans(entries)
  if (down.length === 0 && removed.length === 0) return undefined
  const first = down.length === 0 && containers.length > removed.length ? [span(noRestart, 'dim')] : down
  const last = removed.length === 0 ? [] : [span(removal(removed), 'removed')]
  return line(0, ...first, ...(first.length > 0 && last.length > 0 ? [' '] : []), ...last)
}

const isRunning = ({ notRunning }: Step): boolean => notRunning === undefined

const namesOf = (entries: readonly Entry[]): readonly string[] =>
  entries.map(({ step }) => parseResourceAddress(step.address).name)

/** The running containers that the plan removes. */
const removal = (removed: readonly Entry[]): string => `Stopped and removed: ${shortNames(namesOf(removed))}.`

const restartWording = { one: 'restarts', many: 'restart', time: 'about 1 s' } as const
const replaceWording = { one: 'is replaced', many: 'are replaced', time: 'a few seconds' } as const

function downtimeSpans(entries: readonly Entry[]): readonly Span[] {
  const rows = slowRows(entries)
  const inRow = new Set(rows.flatMap(({ replaced }) => replaced))
  const down = entries.filter(({ step, effect }) => step.kind === 'container' && isOutage(effect))
  if (down.length === 0) return []
  const slow = down.filter((one) => isSlow(one) && !inRow.has(one))
  const quick = down.filter((one) => !isSlow(one) && !inRow.has(one))
  const parts = [
    ...downtimePhrases(
      quick.filter(({ effect }) => effect === 'restart'),
      restartWording,
    ),
    ...downtimePhrases(
      quick.filter(({ effect }) => effect === 'replace'),
      replaceWording,
    ),
  ]
  const gracePeriod = longestGracePeriod(quick)
  const subject = quick.length === 1 ? 'it ignores' : 'they ignore'
  const longest = gracePeriod > 0 ? ` (${spacedDuration(gracePeriod)} more if ${subject} the stop signal)` : ''
  const known = [...rows.map(rowPhrase), ...slowPhrases(slow)]
  const first = parts.length === 0 ? [] : [span(parts.join('; '), 'removed')]
  if (known.length === 0) return [...first, span(`${longest}.`, longest === '' ? 'removed' : 'dim')]
  const rest = span(`${parts.length === 0 ? '' : '; '}${known.join('; ')}.`, 'removed')
  return [...first, ...(longest === '' ? [] : [span(longest, 'dim')]), rest]
}

const isOutage = (effect: Effect): boolean => effect === 'restart' || effect === 'replace'

/** `app.1-2, kv are replaced together: down for at least 11 s, since kv ignored SIGTERM last time`. */
function rowPhrase({ replaced, slow, waitMs }: SlowRow): string {
  const seconds = Math.round(waitMs / 1000) + 1
  const signals = [...new Set(slow.map(({ step }) => step.ignoresStop))].join(' and ')
  return `${shortNames(namesOf(replaced))} are replaced together: down for at least ${seconds} s, since ${shortNames(namesOf(slow))} ignored ${signals} last time`
}

/** A duration in a sentence: `1 min 30 s`. */
const spacedDuration = (milliseconds: number): string =>
  durationText(milliseconds)
    .replace(/[a-z]+(?=.)/g, (unit) => `${unit} `)
    .replace(/(?<=\d)m?[a-z]/g, (unit) => ` ${unit === 'm' ? 'min' : unit}`)

/** Names of containers that are down; more are counted. */
const namedContainers = 3

/** Replicas of one container are down at the same moment: each such container has a text of its own, the others have one together. */
function downtimePhrases(
  entries: readonly Entry[],
  { one, many, time }: typeof restartWording | typeof replaceWording,
): readonly string[] {
  const byContainer = [...groupBy(entries, ({ step }) => withoutReplica(step.address)).values()]
  const together = byContainer.filter((some) => some.length > 1)
  const single = byContainer.filter((some) => some.length === 1).flat()
  const names = namesOf(single)
  // Containers of two stacks may have one name.
  const isNamed = single.length <= namedContainers && new Set(names).size === names.length
  const subject = isNamed ? shortNames(names) : countOf(single.length, 'container')
  return [
    ...together.map((some) => `${shortNames(namesOf(some))} ${many} together: down for ${time}`),
    ...(single.length === 0
      ? []
      : [`${subject} ${single.length === 1 ? `${one}: down` : `${many}: each is down`} for ${time}`]),
  ]
}

/** Containers whose processes ignored their last stop signal: `web.1-2 are down for about 11 s: they ignored SIGTERM last time`. */
const slowPhrases = (slow: readonly Entry[]): readonly string[] =>
  [...groupBy(slow, ({ step }) => `${step.ignoresStop} ${longestGracePeriod([{ step }])}`).values()].map((some) => {
    const names = shortNames(namesOf(some))
    const seconds = Math.round(longestGracePeriod(some) / 1000) + 1
    const [verb, subject] = some.length === 1 ? ['is', 'it'] : ['are', 'they']
    return `${names} ${verb} down for about ${seconds} s: ${subject} ignored ${some[0]?.step.ignoresStop} last time`
  })

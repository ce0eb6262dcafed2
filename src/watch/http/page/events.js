import { byId, commitOf, element, prose, relativeTime, seeAttention, setText, utc } from './dom.js'

const shownEvents = 100

/** The rows, newest first; one for all repeats of an event. */
const rows = []

let problems = []

/** Shows an event whose message is in a problem in short, as long as it is there. */
export function referTo(present) {
  problems = present
  for (const row of rows) drawMessage(row)
}

const isExplained = ({ level, stack, message }) =>
  level !== 'info' && problems.some((one) => one.stacks.includes(stack) && one.message.includes(sentenceOf(message)))

/** The message, and the commit or the user behind it, unless the message has it. */
function drawMessage(row) {
  const { event } = row
  const explained = isExplained(event)
  const drawn = `${explained} ${event.message}`
  if (drawn === row.drawn) return
  row.drawn = drawn
  row.message.replaceChildren(
    ...(explained ? seeAttention(event.reason) : prose(event.message)),
    ...(explained ? [] : authorOf(event)),
  )
}

function authorOf({ message, commit, by }) {
  if (commit && !message.includes(commit.id.slice(0, 7))) return [' (', ...commitOf(commit), ')']
  return by === undefined ? [] : [` (by ${by})`]
}

/** Shows events. Known events are left out: after a lost connection the last ones are read again. */
export function showEvents(events, isShown) {
  for (const event of events) add(event, isShown)
  for (const row of rows.splice(shownEvents)) row.node.remove()
  byId('no-events').hidden = rows.length > 0
}

function add(event, isShown) {
  const same = rows.find((row) => row.key === keyOf(event))
  if (same?.ids.has(event.id)) return
  if (same === undefined) return insert(rowOf(event, isShown))
  record(same, event)
  if (compareIds(event.id, same.id) < 0) return
  rows.splice(rows.indexOf(same), 1)
  same.id = event.id
  same.event = event
  drawMessage(same)
  const time = relativeTime(event.time)
  same.time.replaceWith(time)
  same.time = time
  insert(same)
}

/** Counts a repeat. An event with `count` is all of its repeats since `since`. */
function record(row, { id, time, since = time, count = 1 }) {
  row.ids.add(id)
  row.counts.set(since, Math.max(row.counts.get(since) ?? 0, count))
  const total = [...row.counts.values()].reduce((sum, one) => sum + one, 0)
  setText(row.count, total > 1 ? `${total} times, last ` : '')
  row.count.title = total > 1 ? `since ${utc([...row.counts.keys()].sort()[0])}` : ''
}

function insert(row) {
  const at = rows.findIndex(({ id }) => compareIds(id, row.id) < 0)
  const list = byId('events')
  list.insertBefore(row.node, at < 0 ? null : rows[at].node)
  rows.splice(at < 0 ? rows.length : at, 0, row)
}

/** The same fact with another number of failures is the same row. A row names one commit. */
export const keyOf = ({ type, stack, address, message, commit, by }) =>
  JSON.stringify([type, stack, address, withoutCount(message), commit?.id, by])

/** The sentence without its end: a problem has the place of a file beside its sentence. */
const sentenceOf = (message) => withoutCount(message).replace(/(?: \([^()]*:\d+\))?\.$/, '')

const withoutCount = (message) => message.replaceAll(/ \(\d+ failures?[^()]*\)/g, '')

function rowOf(event, isShown) {
  const { id, time, type, level, stack, address } = event
  const row = {
    key: keyOf(event),
    event,
    id,
    ids: new Set(),
    counts: new Map(),
    time: relativeTime(time),
    count: element('span'),
    message: element('p', { class: 'state', 'data-tone': toneOf(type, level), title: type }),
  }
  record(row, event)
  drawMessage(row)
  const about = address ?? stack
  row.node = element(
    'li',
    { class: 'event', 'data-stacks': stack ?? '' },
    row.message,
    element('p', { class: 'soft small' }, ...(about ? [`${about} · `] : []), row.count, row.time),
  )
  row.node.hidden = !isShown(row.node)
  return row
}

function toneOf(type, level) {
  if (level !== 'info') return level === 'error' ? 'bad' : 'warn'
  return /\.(applied|healed|ready|healthy|recovered)$/.test(type) ? 'good' : 'off'
}

function compareIds(a, b) {
  const [[time, count = 0], [otherTime, otherCount = 0]] = [a, b].map((id) => id.split('-').map(Number))
  return time - otherTime || count - otherCount
}

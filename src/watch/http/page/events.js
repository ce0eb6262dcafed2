import { byId, element, prose, relativeTime, setText, utc } from './dom.js'

const shownEvents = 100

/** The rows, newest first; one for all repeats of an event. */
const rows = []

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
  same.message.replaceChildren(...prose(event.message))
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

/** The same fact with another number of failures is the same row. */
const keyOf = ({ type, stack, address, message }) =>
  JSON.stringify([type, stack, address, message.replaceAll(/ \(\d+ failures?[^()]*\)/g, '')])

function rowOf(event, isShown) {
  const { id, time, type, level, stack, address, message } = event
  const row = {
    key: keyOf(event),
    id,
    ids: new Set(),
    counts: new Map(),
    time: relativeTime(time),
    count: element('span'),
    message: element('p', { class: 'state', 'data-tone': toneOf(type, level), title: type }, ...prose(message)),
  }
  record(row, event)
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

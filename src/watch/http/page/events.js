import { byId, element, relativeTime, setText } from './dom.js'

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
  if (same && compareIds(event.id, same.id) < 0) {
    same.ids.add(event.id)
    return setText(same.count, repeats(same))
  }
  if (same) {
    same.ids.add(event.id)
    rows.splice(rows.indexOf(same), 1)
    same.id = event.id
    const time = relativeTime(event.time)
    same.time.replaceWith(time)
    same.time = time
    setText(same.count, repeats(same))
    return insert(same)
  }
  insert(rowOf(event, isShown))
}

function insert(row) {
  const at = rows.findIndex(({ id }) => compareIds(id, row.id) < 0)
  const list = byId('events')
  list.insertBefore(row.node, at < 0 ? null : rows[at].node)
  rows.splice(at < 0 ? rows.length : at, 0, row)
}

const repeats = ({ ids }) => (ids.size > 1 ? `${ids.size} times, last ` : '')

const keyOf = ({ type, stack, address, message }) => JSON.stringify([type, stack, address, message])

function rowOf(event, isShown) {
  const { id, time, type, level, stack, address, message } = event
  const row = { key: keyOf(event), id, ids: new Set([id]), time: relativeTime(time), count: element('span') }
  const about = address ?? stack
  row.node = element(
    'li',
    { class: 'event', 'data-stacks': stack ?? '' },
    element('p', { class: 'state', 'data-tone': toneOf(type, level), title: type }, message),
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

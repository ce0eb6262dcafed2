import { connect } from './connection.js'
import { byId, element, refreshTimes, relativeTime, setClock } from './dom.js'
import { factList, StackCard } from './stack-card.js'

const shownEvents = 200
const shownGenerations = 30
/** Events after which there may be another generation. */
const changing = new Set(['apply.finished', 'stack.applied', 'stack.failed', 'stack.rolled-back', 'stack.pruned'])

const cards = new Map()
const filter = byId('filter')
let status

const matches = (stack) => stack.toLowerCase().includes(filter.value.trim().toLowerCase())

function showStatus(next) {
  status = next
  byId('instance').textContent = next.instance
  factList(byId('facts'), [
    [next.source.kind === 'git' ? 'Repository' : 'Directory', next.source.location],
    ['Revision', next.source.revision === null ? 'none yet' : shortRevision(next.source.revision)],
    ['Up since', relativeTime(next.startedAt)],
    ['Version', next.version],
  ])
  const problem = byId('source-problem')
  problem.hidden = next.source.ok
  problem.textContent = next.source.ok ? '' : `The source cannot be used: ${next.source.message}`
  showStacks(next.stacks)
}

const shortRevision = (revision) => element('code', { title: revision }, revision.slice(0, 12))

function showStacks(stacks) {
  const names = new Set(stacks.map((one) => one.stack))
  for (const [name, card] of cards) {
    if (names.has(name)) continue
    card.node.remove()
    cards.delete(name)
  }
  for (const stack of stacks) {
    const card = cards.get(stack.stack) ?? new StackCard(stack.stack)
    cards.set(stack.stack, card)
    card.update(stack)
  }
  const list = byId('stacks')
  // A node that is not moved keeps the focus, and the position of a screen reader.
  cardsInOrder().forEach(({ node }, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null)
  })
  showSummary()
  applyFilter()
}

/** Stacks with problems come first. */
const cardsInOrder = () => [...cards.values()].sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))

function showSummary() {
  const counts = new Map()
  for (const card of cardsInOrder()) counts.set(card.word, (counts.get(card.word) ?? 0) + 1)
  const text = [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`).join(', ')
  // The same text again would make a screen reader read it again.
  if (byId('summary').textContent !== text) byId('summary').textContent = text
  const trouble = [...cards.values()].filter((card) => card.rank === 0).length
  document.title = `${trouble > 0 ? `(${trouble}) ` : ''}${status.instance} · HeroPods`
}

function applyFilter() {
  for (const [name, { node }] of cards) node.hidden = !matches(name)
  for (const node of document.querySelectorAll('[data-stacks]')) hideUnmatched(node)
  const none = byId('no-stacks')
  none.textContent = cards.size === 0 ? 'The source has no stacks yet.' : 'No stack has this in its name.'
  none.hidden = [...cards.keys()].some(matches)
}

const hideUnmatched = (node) => {
  node.hidden = filter.value.trim() !== '' && !node.dataset.stacks.split(' ').some(matches)
}

/** Shows events, newest first. Known events are left out: after a lost connection the last ones are read again. */
function showEvents(events) {
  const list = byId('events')
  for (const event of events) {
    const newerThan = [...list.children].find((node) => compareIds(node.dataset.id, event.id) <= 0)
    if (newerThan?.dataset.id === event.id) continue
    const row = eventRow(event)
    hideUnmatched(row)
    list.insertBefore(row, newerThan ?? null)
  }
  while (list.children.length > shownEvents) list.lastChild.remove()
  byId('no-events').hidden = list.children.length > 0
}

const eventRow = ({ id, time, type, level, stack, address, message, reason }) =>
  element(
    'li',
    { class: 'event', 'data-id': id, 'data-stacks': stack ?? '' },
    element('span', { class: 'state', 'data-tone': eventTone(type, level) }, type),
    element('span', { class: 'soft small' }, address ?? stack ?? reason),
    relativeTime(time),
    element('span', { class: 'message' }, message),
  )

function eventTone(type, level) {
  if (level !== 'info') return level === 'error' ? 'bad' : 'warn'
  return /\.(applied|healed|ready|healthy|recovered)$/.test(type) ? 'good' : 'off'
}

function compareIds(a, b) {
  const [[time, count = 0], [otherTime, otherCount = 0]] = [a, b].map((id) => id.split('-').map(Number))
  return time - otherTime || count - otherCount
}

function showHistory(generations) {
  const rows = generations.slice(0, shownGenerations).map(({ generation, time, user, result, stacks, summary }) => {
    const changes = `+${summary.create} ~${summary.update + summary.recreate} −${summary.delete}`
    const tone = { done: 'good', started: 'busy' }[result] ?? 'bad'
    const row = element(
      'tr',
      { 'data-stacks': stacks.join(' ') },
      element('th', { scope: 'row' }, String(generation)),
      element('td', {}, element('span', { class: 'state', 'data-tone': tone }, result)),
      element('td', { class: 'changes' }, changes),
      element('td', { class: 'stacks' }, stacks.join(', ')),
      element('td', { class: 'by' }, user),
      element('td', { class: 'when' }, relativeTime(time)),
    )
    hideUnmatched(row)
    return row
  })
  byId('history').replaceChildren(...rows)
  byId('no-history').hidden = rows.length > 0
}

async function read(path) {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response.json()
}

const loadHistory = async () => showHistory((await read('/api/history')).generations)

let historyTimer
function historySoon() {
  clearTimeout(historyTimer)
  // After a failure the next event, or the next connection, loads it again.
  historyTimer = setTimeout(() => loadHistory().catch(() => undefined), 300)
}

function showLiveness(tone, text) {
  const node = byId('liveness')
  if (node.textContent === text) return
  node.textContent = text
  node.dataset.tone = tone
}

connect({
  async opened() {
    const list = byId('events')
    list.setAttribute('aria-busy', 'true')
    try {
      const [{ events }] = await Promise.all([read(`/api/events?limit=${shownEvents}`), loadHistory()])
      showEvents(events)
    } finally {
      list.removeAttribute('aria-busy')
    }
  },
  status: showStatus,
  event(event) {
    showEvents([event])
    if (changing.has(event.type)) historySoon()
  },
  heartbeat({ alive, now }) {
    setClock(now)
    document.body.classList.remove('stale')
    if (alive) showLiveness('good', 'Live')
    else showLiveness('bad', 'Not responding')
    refreshTimes()
  },
  lost(milliseconds) {
    document.body.classList.add('stale')
    showLiveness('bad', `Connection lost, trying again in ${Math.ceil(milliseconds / 1000)} s`)
  },
})

filter.addEventListener('input', applyFilter)
setInterval(refreshTimes, 5000)

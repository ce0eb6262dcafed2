import { showProblems } from './attention.js'
import { connect } from './connection.js'
import { addUsage, anchorOf, forgetUsage } from './container-row.js'
import {
  arrange,
  byId,
  element,
  factList,
  read,
  refreshTimes,
  relativeTime,
  setClock,
  setState,
  setText,
} from './dom.js'
import { referTo, showEvents } from './events.js'
import { schedule } from './frames.js'
import { showGenerations } from './generations.js'
import { drawMap } from './map.js'
import { StackCard } from './stack-card.js'

const readEvents = 200
/** With more containers, rows that are not on the screen are not laid out. */
const manyContainers = 200
/** Events after which there may be another generation. */
const changing = new Set(['apply.finished', 'stack.applied', 'stack.failed', 'stack.rolled-back', 'stack.pruned'])

const cards = new Map()
const networks = new Map()
const filter = byId('filter')
let watch
let problems = []
let version
let early = []
let newEvents = []

const matches = (stack) => stack.toLowerCase().includes(filter.value.trim().toLowerCase())
const isShown = (node) => filter.value.trim() === '' || node.dataset.stacks.split(' ').some(matches)

const cardOf = (name) => {
  const known = cards.get(name)
  if (known) return known
  const card = new StackCard(name)
  cards.set(name, card)
  return card
}

/** What to do with a value by the first word of its key; null: it is gone. */
const setters = {
  watch: (_, value) => {
    watch = value
    schedule('watch', showWatch)
  },
  problems: (_, value) => {
    problems = value
  },
  stack: (name, value) => {
    if (value !== null) return cardOf(name).update(value)
    cards.get(name)?.remove()
    cards.delete(name)
  },
  differences: (name, value) => cards.get(name)?.setDifferences(value ?? []),
  waiting: (name, value) => cards.get(name)?.setWaiting(value),
  network: (address, value) => (value === null ? networks.delete(address) : networks.set(address, value)),
  container: (address, value) => {
    const stack = address.split('/', 1)[0]
    if (value === null) cards.get(stack)?.removeContainer(address)
    else if (cards.has(stack)) cards.get(stack).setContainer(value)
  },
}

function setAll(values) {
  for (const [key, value] of Object.entries(values)) {
    const at = key.indexOf(' ')
    setters[at < 0 ? key : key.slice(0, at)]?.(key.slice(at + 1), value)
  }
  schedule('stacks', showStacks)
  schedule('problems', () => {
    showProblems(problems, cards.size)
    referTo(problems)
  })
  if (byId('map').open) schedule('map', showMap)
}

/** Reads everything, then applies the changes that came meanwhile. */
async function readPage() {
  version = undefined
  early = []
  const page = await read('/api/page')
  const known = [
    ...[...cards].flatMap(([name, card]) => [
      `stack ${name}`,
      `differences ${name}`,
      `waiting ${name}`,
      ...[...card.containers.keys()].map((one) => `container ${one}`),
    ]),
    ...[...networks.keys()].map((one) => `network ${one}`),
  ]
  const gone = known.filter((key) => !(key in page.values)).map((key) => [key, null])
  setAll({ ...page.values, ...Object.fromEntries(gone) })
  version = page.version
  for (const patch of early) applyPatch(patch)
}

function applyPatch(patch) {
  if (version === undefined) early.push(patch)
  else if (patch.version > version) {
    version = patch.version
    setAll(patch.values)
  }
}

function showWatch() {
  setText(byId('instance'), watch.instance)
  const { source } = watch
  factList(byId('facts'), [
    [source.kind === 'git' ? 'Repository' : 'Folder', source.location],
    source.commit
      ? [
          'Commit',
          element(
            'span',
            { title: source.commit.id },
            `${source.commit.id.slice(0, 7)} ${source.commit.subject} (${source.commit.author})`,
          ),
        ]
      : [
          'Revision',
          source.revision === null
            ? 'none yet'
            : element('code', { title: source.revision }, source.revision.slice(0, 12)),
        ],
    ['Watching for', relativeTime(watch.startedAt, true)],
    ['Version', watch.version],
  ])
}

/** The problems of each stack, the worst first. */
function rateStacks() {
  const own = new Map()
  for (const one of problems) for (const stack of one.stacks) own.set(stack, [...(own.get(stack) ?? []), one.tone])
  for (const [name, card] of cards) card.setProblems(own.get(name) ?? [])
}

function showStacks() {
  rateStacks()
  const ordered = [...cards.values()].sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
  arrange(
    byId('stacks'),
    ordered.map(({ node }) => node),
  )
  const containers = [...cards.values()].reduce((sum, card) => sum + card.containers.size, 0)
  document.body.classList.toggle('many', containers > manyContainers)
  const bad = problems.filter(({ tone }) => tone === 'bad').length
  document.title = `${bad > 0 ? `(${bad}) ` : ''}${watch?.instance ?? ''} · HeroPods`
  applyFilter()
}

function applyFilter() {
  for (const node of document.querySelectorAll('[data-stacks]')) node.hidden = !isShown(node)
  const none = byId('no-stacks')
  setText(none, cards.size === 0 ? 'The source has no stacks yet.' : 'No stack has this in its name.')
  none.hidden = [...cards.keys()].some(matches)
}

function showMap() {
  const containersOf = (stack) => [...(cards.get(stack)?.containers.values() ?? [])]
  const networksOf = (stack) => [...networks.values()].filter((one) => one.stack === stack)
  drawMap([...cards.keys()].filter(matches).sort(), containersOf, networksOf)
}

let instant
const loadGenerations = async () =>
  showGenerations((await read('/api/history')).generations, watch?.instance ?? 'default', isShown)

function generationsSoon() {
  clearTimeout(instant)
  // After a failure the next event, or the next connection, loads it again.
  instant = setTimeout(() => loadGenerations().catch(() => undefined), 300)
}

function happened(event) {
  newEvents.push(event)
  schedule('events', () => {
    showEvents(newEvents, isShown)
    newEvents = []
  })
  if (changing.has(event.type)) generationsSoon()
}

connect({
  async opened() {
    const usage = read('/api/usage').then(({ samples }) => {
      forgetUsage()
      for (const sample of samples) addUsage(sample)
    })
    const [{ events }] = await Promise.all([read(`/api/events?limit=${readEvents}`), readPage(), usage])
    showEvents(events, isShown)
    await loadGenerations()
  },
  heard: {
    patch: applyPatch,
    reload: () => readPage().catch(() => undefined),
    event: happened,
    usage: addUsage,
    heartbeat({ alive, now }) {
      setClock(now)
      document.body.classList.remove('stale')
      setState(byId('liveness'), alive ? 'good' : 'bad', alive ? 'Live' : 'Not responding')
    },
  },
  lost(milliseconds) {
    document.body.classList.add('stale')
    setState(byId('liveness'), 'bad', `Connection lost, trying again in ${Math.ceil(milliseconds / 1000)} s`)
  },
})

filter.addEventListener('input', () => {
  applyFilter()
  if (byId('map').open) schedule('map', showMap)
})
byId('map').addEventListener('toggle', () => byId('map').open && showMap())
byId('map').addEventListener('click', (click) => {
  const address = click.target.closest?.('a')?.dataset.address
  if (address === undefined) return
  click.preventDefault()
  cards.get(address.split('/', 1)[0])?.show(address)
  history.replaceState(null, '', `#${anchorOf(address)}`)
})
setInterval(() => refreshTimes(schedule), 5000)

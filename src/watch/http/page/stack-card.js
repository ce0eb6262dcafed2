import { counted, element, relativeTime } from './dom.js'

const is = (stack, type) => stack.conditions.some((one) => one.type === type && one.status)

/** One word and its tone for a stack. Stacks with problems have the lowest `rank` and come first. */
function stackState(stack) {
  if (is(stack, 'Suspended')) return { word: 'Suspended', tone: 'off', rank: 3 }
  if (is(stack, 'Degraded')) return { word: 'Degraded', tone: 'bad', rank: 0 }
  if (is(stack, 'Progressing')) return { word: 'Progressing', tone: 'busy', rank: 2 }
  if (!is(stack, 'Ready')) return { word: 'Not ready', tone: 'bad', rank: 0 }
  if (stack.drift.length > 0) return { word: 'Drifted', tone: 'warn', rank: 1 }
  return { word: 'Ready', tone: 'good', rank: 4 }
}

/** A stack as a row that opens. Its details are drawn only while it is open, so a thousand objects cost nothing before. */
export class StackCard {
  constructor(name) {
    this.name = name
    this.state = element('span', { class: 'state' })
    this.facts = element('span', { class: 'soft' })
    this.body = element('div', { class: 'body' })
    this.details = element(
      'details',
      {},
      element('summary', {}, this.state, element('span', { class: 'name' }, name), this.facts),
      this.body,
    )
    this.node = element('li', { class: 'stack' }, this.details)
    this.details.addEventListener('toggle', () => this.draw())
  }

  update(stack) {
    const text = JSON.stringify(stack)
    if (text === this.text) return
    this.text = text
    const before = this.rank
    const { word, tone, rank } = stackState(stack)
    this.stack = stack
    this.rank = rank
    this.word = word
    this.state.textContent = word
    this.state.dataset.tone = tone
    this.facts.textContent = [generation(stack), counted(stack.objects.length, 'object'), `${stack.mode} mode`].join(
      ' · ',
    )
    if (rank === 0 && before !== 0) this.details.open = true
    this.drawn = false
    this.draw()
  }

  draw() {
    if (!this.details.open || this.drawn) return
    this.drawn = true
    const { stack } = this
    this.body.replaceChildren(
      ...[lastError(stack), drift(stack), conditions(stack), facts(stack), objects(stack)].filter(
        (one) => one !== null,
      ),
    )
  }
}

const generation = ({ attempted, applied }) =>
  attempted === null
    ? 'never applied'
    : attempted === applied
      ? `generation ${applied}`
      : `generation ${attempted} tried, ${applied ?? 'none'} applied`

function lastError({ lastError, nextTry }) {
  if (!lastError) return null
  const { message, hint, place, code, address } = lastError
  const where = [code, address, place && `${place.file}:${place.line}:${place.column}`].filter(Boolean).join(' · ')
  return element(
    'div',
    { class: 'problem' },
    element('p', {}, message),
    hint ? element('p', { class: 'soft' }, hint) : null,
    place?.quote ? element('pre', {}, place.quote) : null,
    element('p', { class: 'soft small' }, where, ...(nextTry ? [' · next try ', relativeTime(nextTry)] : [])),
  )
}

const drift = ({ drift }) =>
  drift.length === 0
    ? null
    : element(
        'div',
        { class: 'drift' },
        element('h3', {}, 'Drift'),
        element(
          'ul',
          {},
          ...drift.map(({ address, text }) => element('li', {}, element('code', {}, address), ` ${text}`)),
        ),
      )

/** The conditions that are true, and Ready in any case. The others would only fill lines. */
const conditions = ({ conditions }) =>
  element(
    'ul',
    { class: 'conditions', 'aria-label': 'Conditions' },
    ...conditions
      .filter(({ type, status }) => status || type === 'Ready')
      .map(({ type, status, reason, message, since }) =>
        element(
          'li',
          { class: 'condition' },
          element('span', { class: 'state', 'data-tone': conditionTone(type, status) }, status ? type : `Not ${type}`),
          element('span', {}, message ? `${reason}: ${message}` : reason),
          element('span', { class: 'soft small' }, relativeTime(since)),
        ),
      ),
  )

function conditionTone(type, status) {
  if (type === 'Ready') return status ? 'good' : 'bad'
  return { Degraded: 'bad', Progressing: 'busy' }[type] ?? 'off'
}

function facts({ files, appliedAt, lastError, nextTry }) {
  const rows = [['Files', files.join(', ')]]
  if (appliedAt) rows.push(['Applied', relativeTime(appliedAt)])
  if (nextTry && !lastError) rows.push(['Next try', relativeTime(nextTry)])
  return factList(element('dl', { class: 'facts' }), rows)
}

/** Fills a `dl` with pairs of names and values. */
export function factList(list, rows) {
  list.replaceChildren(
    ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )
  return list
}

function objects({ stack, objects }) {
  if (objects.length === 0) return null
  const heads = ['Object', 'State', 'Health'].map((name) => element('th', { scope: 'col' }, name))
  return element(
    'table',
    { 'aria-label': `Objects of ${stack}` },
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...objects.map((one) => objectRow(stack, one))),
  )
}

const objectRow = (stack, { address, state, health, drift }) =>
  element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('code', {}, address.startsWith(`${stack}/`) ? address.slice(stack.length + 1) : address),
      ...drift.map((text) => element('span', { class: 'small drifted' }, text)),
    ),
    element('td', {}, element('span', { class: 'state', 'data-tone': stateTone(state) }, state)),
    element(
      'td',
      {},
      health === null ? '' : element('span', { class: 'state', 'data-tone': healthTone(health) }, health),
    ),
  )

/** Run states of containers, and `present`. An object in another state should run and does not. */
const stateTone = (state) =>
  ({
    running: 'good',
    present: 'good',
    completed: 'good',
    held: 'good',
    created: 'busy',
    restarting: 'busy',
    stopped: 'off',
  })[state] ?? 'bad'

const healthTone = (health) => ({ healthy: 'good', starting: 'busy' })[health] ?? 'bad'

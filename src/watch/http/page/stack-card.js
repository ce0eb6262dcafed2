import { ContainerRow } from './container-row.js'
import { counted, element, factList, relativeTime, setState, setText, state } from './dom.js'
import { schedule } from './frames.js'

/** Rows that are made in one step. */
const rowsAtOnce = 10

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

/** A stack as a row that opens. Its details are drawn only while it is open, so a thousand containers cost nothing before. */
export class StackCard {
  constructor(name) {
    this.name = name
    this.rank = 4
    this.containers = new Map()
    this.rows = new Map()
    this.differences = []
    this.word = state('busy', '')
    this.facts = element('span', { class: 'soft' })
    this.head = element('div', { class: 'stack-head' })
    this.list = element('ul', { class: 'containers', 'aria-label': `Containers of ${name}` })
    this.foot = element('div', { class: 'stack-foot' })
    this.details = element(
      'details',
      {},
      element('summary', {}, this.word, element('span', { class: 'name' }, name), this.facts),
      element('div', { class: 'body' }, this.head, this.list, this.foot),
    )
    this.node = element('li', { class: 'stack', 'data-stacks': name }, this.details)
    this.details.addEventListener('toggle', () => this.toggled())
  }

  update(stack) {
    const before = this.rank
    this.stack = stack
    const { word, tone, rank } = stackState(stack)
    this.rank = rank
    setState(this.word, tone, word)
    if (rank === 0 && before !== 0) this.details.open = true
    this.draw()
  }

  setDifferences(differences) {
    this.differences = differences
    this.draw()
  }

  setContainer(container) {
    this.containers.set(container.address, container)
    const row = this.rows.get(container.address)
    if (row) schedule(`row ${container.address}`, () => row.update(container))
    else this.drawRows()
    this.draw()
  }

  removeContainer(address) {
    this.containers.delete(address)
    this.rows.get(address)?.remove()
    this.rows.delete(address)
    this.draw()
  }

  remove() {
    for (const row of this.rows.values()) row.remove()
    this.node.remove()
  }

  /** Opens a container, for links to it. */
  show(address) {
    this.details.open = true
    schedule(`show ${address}`, () => {
      const row = this.rows.get(address)
      if (row === undefined) return this.show(address)
      row.details.open = true
      row.node.scrollIntoView({ block: 'center' })
      row.details.querySelector('summary').focus()
    })
  }

  toggled() {
    if (this.details.open) {
      this.draw()
      this.drawRows()
      return
    }
    for (const row of this.rows.values()) row.remove()
    this.rows.clear()
  }

  draw() {
    schedule(`stack ${this.name}`, () => this.drawNow())
  }

  drawNow() {
    if (this.stack === undefined) return
    const { stack } = this
    const all = [...this.containers.values()]
    const ready = all.filter((one) => one.readiness === 'ready').length
    const text = [all.length > 0 ? `${ready} of ${all.length} ready` : 'no containers', generation(stack)].join(' · ')
    setText(this.facts, text)
    if (!this.details.open) return
    const shown = JSON.stringify([stack, this.differences])
    if (shown === this.shown) return
    this.shown = shown
    this.head.replaceChildren(...[conditions(stack), differenceTable(this.differences)].filter((one) => one !== null))
    this.foot.replaceChildren(footFacts(stack))
  }

  /** Makes missing rows, some in each frame. */
  drawRows() {
    if (!this.details.open) return
    schedule(`rows ${this.name}`, () => {
      const missing = [...this.containers.keys()].filter((address) => !this.rows.has(address)).slice(0, rowsAtOnce)
      for (const address of missing) {
        const row = new ContainerRow(address)
        row.update(this.containers.get(address))
        this.rows.set(address, row)
        insertSorted(this.list, row)
      }
      if (missing.length === rowsAtOnce) this.drawRows()
    })
  }
}

const compare = new Intl.Collator('en', { numeric: true }).compare

function insertSorted(list, row) {
  const last = list.lastElementChild
  if (last === null || compare(last.row.address, row.address) < 0) return list.append(row.node)
  const after = [...list.children].find((node) => compare(node.row.address, row.address) > 0)
  list.insertBefore(row.node, after ?? null)
}

const generation = ({ attempted, applied }) =>
  attempted === null
    ? 'never applied'
    : attempted === applied
      ? `generation ${applied}`
      : `generation ${attempted} tried, ${applied ?? 'none'} applied`

/** The condition that explains the state. The problem above has the error and the way out. */
function conditions(stack) {
  const types = ['Suspended', 'Degraded', 'Progressing']
  const shown = types.flatMap((type) => stack.conditions.filter((one) => one.type === type && one.status)).slice(0, 1)
  if (shown.length === 0) return null
  return element(
    'p',
    {},
    ...shown.flatMap(({ message, since }) => [
      `${message} `,
      element('span', { class: 'soft small' }, relativeTime(since)),
    ]),
  )
}

/** Fields in which files, records and host are not the same. */
function differenceTable(differences) {
  if (differences.length === 0) return null
  const heads = ['Field', 'Wanted (files)', 'Recorded (applied)', 'Live (host)']
  const rows = differences
    .slice(0, 100)
    .map(({ address, field, wanted, recorded, live }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, element('code', {}, `${address.split('/').slice(1).join('/')} ${field}`)),
        ...[wanted, recorded, live].map((text, at) => element('td', { 'data-label': heads[at + 1] }, text)),
      ),
    )
  return element(
    'table',
    { class: 'differences' },
    element('caption', {}, 'Differences'),
    element('thead', {}, element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows),
  )
}

function footFacts({ files, appliedAt, nextTry, mode, objects }) {
  const others = objects.map(({ address }) => address.split('/').slice(1).join(' '))
  return factList(element('dl', { class: 'facts' }), [
    ['Files', files.join(', ')],
    ['Applied', appliedAt ? relativeTime(appliedAt) : null],
    ['Next try', nextTry ? relativeTime(nextTry) : null],
    ['Mode', mode],
    [counted(others.length, 'other object'), others.join(', ')],
  ])
}

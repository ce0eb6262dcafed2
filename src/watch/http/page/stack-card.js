import { ContainerRow } from './container-row.js'
import { counted, element, factList, prose, relativeTime, seeAttention, setState, setText, state } from './dom.js'
import { schedule } from './frames.js'
import { openGeneration, planText } from './generations.js'

/** Rows that are made in one step. */
const rowsAtOnce = 10

/** Order of the rows: broken, to check, working, suspended, well. */
const ranks = { bad: 0, warn: 1, busy: 2, off: 3, good: 4 }

const tones = { Suspended: 'off', Undone: 'warn', Held: 'warn', Drifted: 'warn', Degraded: 'bad', Ready: 'good' }

/** The word of a stack, that of `heropods status`. `worst`: the tone of its worst problem: the row and the problem have one colour. */
function stackState({ word }, worst) {
  const tone = tones[word] ?? 'busy'
  if (worst === undefined || ranks[worst] >= ranks[tone]) return [tone, word]
  return [worst, worst === 'bad' && tone !== 'warn' && tone !== 'off' ? 'Degraded' : word]
}

/** A stack as a row that opens. Its details are drawn only while it is open, so a thousand containers cost nothing before. */
export class StackCard {
  constructor(name) {
    this.name = name
    this.rank = ranks.good
    this.isFolded = true
    this.containers = new Map()
    this.rows = new Map()
    this.differences = []
    this.problems = []
    this.waiting = null
    this.word = state('busy', '')
    this.facts = element('span', { class: 'soft' })
    this.head = element('div', { class: 'stack-head' })
    this.list = element('ul', { class: 'containers', 'aria-label': `Containers of ${name}` })
    this.unfold = element('button', { type: 'button', class: 'unfold', hidden: '' })
    this.unfold.addEventListener('click', () => this.fold(!this.isFolded))
    this.foot = element('div', { class: 'stack-foot' })
    this.details = element(
      'details',
      {},
      element('summary', {}, this.word, element('span', { class: 'name' }, name), this.facts),
      element('div', { class: 'body' }, this.head, this.list, this.unfold, this.foot),
    )
    this.node = element('li', { class: 'stack', 'data-stacks': name }, this.details)
    this.details.addEventListener('toggle', () => this.toggled())
  }

  update(stack) {
    this.stack = stack
    this.drawState()
    this.draw()
  }

  /** Sets the tones of its problems, the worst first. */
  setProblems(tones) {
    const isSame = tones.join() === this.problems.join()
    this.problems = tones
    this.drawState()
    if (!isSame) this.draw()
  }

  drawState() {
    if (this.stack === undefined) return
    const before = this.rank
    const [tone, word] = stackState(this.stack, this.problems[0])
    this.rank = ranks[tone]
    setState(this.word, tone, word)
    if (tone === 'bad' && before !== ranks.bad) this.details.open = true
  }

  /** On a narrow screen, containers that are well are folded beside those that are not. */
  fold(isFolded) {
    this.isFolded = isFolded
    this.drawFold()
  }

  drawFold() {
    const healthy = [...this.containers.values()].filter((one) => one.tone === 'good').length
    const foldable = healthy > 1 && healthy < this.containers.size
    this.list.classList.toggle('folded', foldable && this.isFolded)
    this.unfold.hidden = !foldable
    setText(this.unfold, `${this.isFolded ? 'Show' : 'Hide'} ${healthy} healthy containers`)
    this.unfold.setAttribute('aria-expanded', String(!this.isFolded))
  }

  setDifferences(differences) {
    this.differences = differences
    this.draw()
  }

  /** Sets the plan of a change that waits; null: none waits. */
  setWaiting(plan) {
    this.waiting = plan
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
    this.fold(false)
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
    const count = all.length > 0 ? `${ready} of ${all.length} ready` : 'no containers'
    const owner = stack.owner === null ? [] : [`owner ${stack.owner}`]
    const text = [...owner, count, generation(stack)].join(' · ')
    setText(this.facts, text)
    if (!this.details.open) return
    this.drawFold()
    const shown = JSON.stringify([stack, this.differences, this.problems, this.waiting])
    if (shown === this.shown) return
    this.shown = shown
    const parts = [conditions(stack, this.problems), waitingPlan(this.waiting), differenceTable(this.differences)]
    this.head.replaceChildren(...parts.filter((one) => one !== null))
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

function generation({ attempted, attempt, applied }) {
  if (attempted === null) return 'never applied'
  if (attempt === null) return `generation ${applied}`
  return `generation ${attempt} tried, ${applied ?? 'none'} applied`
}

/** The row of the container has the present count. */
const withoutCount = (message) => message.replaceAll(/ \(\d+ failures?[^()]*\)/g, '')

/**
 * The conditions that explain the state: also of a suspended stack those below. One that is a problem above is named in short: that has the
 * text and the way out.
 */
function conditions(stack, problems) {
  const types = ['Suspended', 'Degraded', 'Progressing']
  const shown = types.flatMap((type) => stack.conditions.filter((one) => one.type === type && one.status))
  if (shown.length === 0 && stack.undone === undefined) return null
  return element(
    'div',
    {},
    ...shown.map(({ type, reason, message, since }) =>
      element(
        'p',
        {},
        ...(isAbove(type, problems) ? seeAttention(reason) : prose(withoutCount(message))),
        ' ',
        element('span', { class: 'soft small' }, relativeTime(since)),
      ),
    ),
    ...(stack.undone === undefined ? [] : [undoneChange(stack)]),
  )
}

/** The problem of a suspended stack has the text of its failed change too. */
const isAbove = (type, problems) =>
  type === 'Degraded' ? problems.length > 0 : type === 'Suspended' && problems.includes('off')

/** The change that was undone, with a link to its plan. */
function undoneChange({ undone, applied }) {
  const link = element('a', { href: `#generation-${undone}` }, `Generation ${undone}`)
  link.addEventListener('click', (click) => {
    click.preventDefault()
    openGeneration(undone)
  })
  return element('p', {}, link, ` was undone. Generation ${applied ?? 'none'} is in place.`)
}

/** The change that is applied when the wait ends, as its plan. */
const waitingPlan = (plan) =>
  plan &&
  element('div', {}, element('p', { class: 'label' }, 'The change that waits'), planText(plan, 'The change that waits'))

/** Fields in which files, records and host are not the same. */
function differenceTable(differences) {
  if (differences.length === 0) return null
  const heads = ['Field', 'Declared (files)', 'Recorded (applied)', 'Observed (host)']
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

function footFacts({ owner, files, appliedAt, nextTry, mode, objects }) {
  const others = objects.map(({ address }) => {
    const [, kind, ...name] = address.split('/')
    return `${kind} ${name.join('/')}`
  })
  return factList(element('dl', { class: 'facts' }), [
    ['Files', files.join(', ')],
    ['Applied', appliedAt ? relativeTime(appliedAt) : null],
    ['Next try', nextTry ? relativeTime(nextTry) : null],
    ['Mode', owner === null ? mode : null],
    ['Owner', owner && `${owner}: watch does not follow this stack`],
    [counted(others.length, 'other object'), others.join(', ')],
  ])
}

import { arrange, byId, command, commitOf, element, read, relativeTime, state } from './dom.js'

const shownRuns = 30
const rows = new Map()

/** Shows the newest runs. Rows that are open stay open. */
export function showGenerations(generations, instance, isShown) {
  const shown = runsOf(generations).slice(0, shownRuns)
  for (const number of rows.keys()) if (!shown.some((run) => keyOf(run) === number)) rows.delete(number)
  const nodes = shown.map((run) => {
    const parts = run.map((one) => ({ ...one, isInPlace: isInPlace(one, generations) }))
    const text = JSON.stringify(parts)
    const known = rows.get(keyOf(run))
    if (known?.text === text) return known.node
    const row = { text, numbers: run.map(({ generation }) => generation), node: runRow(parts, instance) }
    row.node.hidden = !isShown(row.node)
    if (known?.node.querySelector('details').open) row.node.querySelector('details').open = true
    rows.set(keyOf(run), row)
    return row.node
  })
  arrange(byId('generations'), nodes)
  byId('no-generations').hidden = nodes.length > 0
}

/** The first generation of a run: the run keeps its row while it grows. */
const keyOf = (run) => run.at(-1).generation

/** The generations, newest first: those of one run of Pulumi together, as in `heropods history`. */
export function runsOf(generations) {
  const runs = []
  for (const one of generations) {
    const next = runs.at(-1)?.at(-1)
    const isSameRun = next?.command === 'pulumi' && ['command', 'pid', 'origin'].every((key) => one[key] === next[key])
    if (isSameRun) runs.at(-1).push(one)
    else runs.push([one])
  }
  return runs
}

/** True if each of its stacks is as this generation has left it: there is no way back to it. `generations`: newest first. */
export const isInPlace = ({ generation, stacks }, generations) =>
  stacks.every((stack) => {
    const newest = generations.find((one) => one.stacks.includes(stack))
    return newest?.generation === generation || (newest?.result === 'done' && newest.rollbackOf === generation)
  })

/** Opens the row of a generation, and moves the focus to it. */
export function openGeneration(number) {
  const row = [...rows.values()].find(({ numbers }) => numbers.includes(number))
  const details = row?.node.querySelector('details')
  if (details === undefined) return
  details.open = true
  details.querySelector('summary').focus()
  details.scrollIntoView({ block: 'nearest' })
}

const tones = { done: 'good', started: 'busy' }

/** The results of a run, the one that it has as soon as a part has it first. */
const results = ['failed', 'interrupted', 'started', 'done']

function runRow(parts, instance) {
  const [newest] = parts
  const oldest = parts.at(-1)
  const result = results.find((one) => parts.some((part) => part.result === one))
  const total = (...fields) => parts.flatMap(({ summary }) => fields.map((one) => summary[one])).reduce((a, b) => a + b)
  const changes = `+${total('create')} ~${total('update', 'recreate')} −${total('delete')}`
  const changed = [...new Set(parts.flatMap(({ stacks, changed = stacks }) => changed))]
  const numbers = parts.length > 1 ? `${oldest.generation}–${newest.generation}` : String(newest.generation)
  const body = element('div', { class: 'generation-body' })
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { class: 'number' }, numbers),
      state(tones[result] ?? 'bad', result),
      element('span', { class: 'changes', title: 'created, changed, deleted' }, changes),
      element('span', { class: 'soft small when' }, relativeTime(newest.time)),
      element('span', { class: 'subject' }, ...subject(newest, changed)),
    ),
    body,
  )
  details.addEventListener('toggle', () => details.open && fill(body, parts, instance))
  return element(
    'li',
    { class: 'generation', id: `generation-${newest.generation}`, 'data-stacks': changed.join(' ') },
    details,
  )
}

/** The stacks, and the author in the words of `heropods history`. */
function subject({ rollbackOf, by }, changed) {
  const stacks = element('span', { class: 'stacks-of' }, someOf(changed))
  return [stacks, ` · ${by}${rollbackOf === undefined ? '' : `: rollback to ${rollbackOf}`}`]
}

const someOf = (names) =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

async function fill(body, parts, instance) {
  const all = await Promise.all(parts.map((one) => details(one, instance)))
  const heads = parts.map(({ generation }) => element('p', { class: 'label' }, `Generation ${generation}`))
  body.replaceChildren(...all.flatMap((nodes, index) => (parts.length > 1 ? [heads[index], ...nodes] : nodes)))
}

async function details(one, instance) {
  const found = await read(`/api/generation?number=${one.generation}`).catch(() => undefined)
  // Without the names, stacks that were changed later would go back too.
  const options = [
    ...one.stacks.map((stack) => ` --stack ${stack}`),
    ...(instance === 'default' ? [] : [` --instance ${instance}`]),
  ].join('')
  return [
    source(one),
    ...(found?.failures ?? []).map(failure),
    found?.plan ? planText(found.plan) : element('p', { class: 'soft' }, 'Its plan is not stored.'),
    ...(one.result === 'done' && !one.isInPlace
      ? [element('p', { class: 'label' }, 'Go back to it:'), command(`heropods rollback ${one.generation}${options}`)]
      : []),
  ]
}

/** Who made it, how, and from which commit. */
function source(one) {
  const { by, user, via, command: typed, origin, commit, rollbackOf, stacks, changed = stacks } = one
  const lines = [
    `By ${user}${via === 'sudo' ? ' (sudo)' : ''} with ${typed}: ${changed.join(', ')}`,
    ...(rollbackOf === undefined ? [] : [`Rollback to generation ${rollbackOf}: ${by}`]),
    ...(commit || !origin ? [] : [`From ${origin}`]),
  ]
  return element(
    'div',
    {},
    ...lines.map((line) => element('p', {}, line)),
    commit
      ? element(
          'p',
          {},
          rollbackOf === undefined ? 'From ' : 'Back to ',
          ...commitOf(commit),
          ', ',
          relativeTime(commit.time),
        )
      : null,
  )
}

const failure = ({ message, hint, address }) =>
  element(
    'div',
    { class: 'problem', 'data-tone-of': 'bad' },
    element('p', {}, address ? `${address}: ${message}` : message),
    hint ? element('p', { class: 'soft' }, hint) : null,
  )

const lineTones = { '+': 'good', '-': 'bad', '−': 'bad', '~': 'warn', '±': 'warn', '!': 'warn' }

/** The plan as the command line prints it, with the colour of each line's sign. */
export function planText(text, label = 'Plan') {
  const lines = text.split('\n').map((line) => {
    const text = line.trim()
    const tone = text.startsWith('-/+') ? 'warn' : lineTones[text.charAt(0)]
    return element('span', tone ? { 'data-tone': tone } : {}, `${line}\n`)
  })
  return element('pre', { tabindex: '0', role: 'group', 'aria-label': label }, ...lines)
}

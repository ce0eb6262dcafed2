import { arrange, byId, command, commitOf, element, read, relativeTime, state } from './dom.js'

const shownGenerations = 30
const rows = new Map()

/** Shows the newest generations. Rows that are open stay open. */
export function showGenerations(generations, instance, isShown) {
  const shown = generations.slice(0, shownGenerations)
  for (const number of rows.keys()) if (!shown.some(({ generation }) => generation === number)) rows.delete(number)
  const nodes = shown.map((one) => {
    const text = JSON.stringify(one)
    const known = rows.get(one.generation)
    if (known?.text === text) return known.node
    const row = { text, node: generationRow(one, instance) }
    row.node.hidden = !isShown(row.node)
    if (known?.node.querySelector('details').open) row.node.querySelector('details').open = true
    rows.set(one.generation, row)
    return row.node
  })
  arrange(byId('generations'), nodes)
  byId('no-generations').hidden = nodes.length > 0
}

/** Opens the row of a generation, and moves the focus to it. */
export function openGeneration(number) {
  const details = rows.get(number)?.node.querySelector('details')
  if (details === undefined) return
  details.open = true
  details.querySelector('summary').focus()
  details.scrollIntoView({ block: 'nearest' })
}

const tones = { done: 'good', started: 'busy' }

function generationRow(one, instance) {
  const { generation, time, result, stacks, changed = stacks, summary } = one
  const changes = `+${summary.create} ~${summary.update + summary.recreate} −${summary.delete}`
  const body = element('div', { class: 'generation-body' })
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { class: 'number' }, String(generation)),
      state(tones[result] ?? 'bad', result),
      element('span', { class: 'changes', title: 'created, changed, deleted' }, changes),
      element('span', { class: 'soft small when' }, relativeTime(time)),
      element('span', { class: 'subject' }, ...subject(one, changed)),
    ),
    body,
  )
  details.addEventListener('toggle', () => details.open && fill(body, one, instance))
  return element(
    'li',
    { class: 'generation', id: `generation-${generation}`, 'data-stacks': changed.join(' ') },
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

async function fill(body, one, instance) {
  const found = await read(`/api/generation?number=${one.generation}`).catch(() => undefined)
  // Without the names, stacks that were changed later would go back too.
  const options = [
    ...one.stacks.map((stack) => ` --stack ${stack}`),
    ...(instance === 'default' ? [] : [` --instance ${instance}`]),
  ].join('')
  body.replaceChildren(
    ...[
      source(one),
      ...(found?.failures ?? []).map(failure),
      found?.plan ? planText(found.plan) : element('p', { class: 'soft' }, 'Its plan is not stored.'),
      ...(one.result === 'done'
        ? [element('p', { class: 'label' }, 'Go back to it:'), command(`heropods rollback ${one.generation}${options}`)]
        : []),
    ].filter((node) => node !== null),
  )
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

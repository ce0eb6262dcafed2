import { arrange, byId, command, commitOf, element, prose, relativeTime, setText, state } from './dom.js'

const shownProblems = 50
/** Time between two announcements to a screen reader, milliseconds. */
const quiet = 10_000

const rows = new Map()
let announced = 0
let pending

/** Shows the problems, the worst first, each with the command that helps. */
export function showProblems(problems, stacks) {
  const shown = problems.slice(0, shownProblems)
  for (const key of rows.keys()) if (!shown.some((one) => one.key === key)) rows.delete(key)
  const nodes = shown.map((one) => {
    const text = JSON.stringify(one)
    const known = rows.get(one.key)
    const row = known?.text === text ? known : { text, node: problemRow(one) }
    rows.set(one.key, row)
    return row.node
  })
  const list = byId('problems')
  arrange(list, nodes)
  list.hidden = nodes.length === 0
  const left = problems.length - shown.length
  setText(byId('more-problems'), left > 0 ? `And ${left} more.` : '')
  const text = summaryOf(problems, stacks)
  setText(byId('summary'), text)
  byId('summary').dataset.tone = problems[0]?.tone ?? 'good'
  announce(text)
}

function summaryOf(problems, stacks) {
  const words = [...new Set(problems.map(({ word }) => word))]
  const parts = words.map((word) => `${problems.filter((one) => one.word === word).length} ${word}`)
  if (parts.length > 0) return parts.join(', ')
  return stacks === 0 ? 'The source has no stacks yet.' : 'Everything matches the files.'
}

/** A longer command, or that of a longer message, is below the text: beside it, the text would have no room. */
const [longestBeside, longestMessage] = [32, 120]

const problemRow = ({ tone, title, message, hint, place, command: text, commit, since, nextTry, stacks }) => {
  const shown = withoutCommand(message, text)
  const isBeside = text !== null && text.length <= longestBeside && message.length <= longestMessage
  const long = text !== null && (!isBeside || shown !== message)
  return element(
    'li',
    { class: long ? 'problem long' : 'problem', 'data-tone-of': tone, 'data-stacks': stacks.join(' ') },
    element('h3', {}, state(tone, title)),
    element('p', {}, ...prose(shown)),
    shown !== message ? command(text) : null,
    hint ? element('p', { class: 'soft' }, ...prose(hint)) : null,
    place && !message.includes(place.replace(/:\d+$/, ''))
      ? element('p', { class: 'soft' }, element('code', {}, place))
      : null,
    commit && !message.includes(commit.id.slice(0, 7))
      ? element('p', { class: 'soft' }, 'At ', ...commitOf(commit), ', ', relativeTime(commit.time))
      : null,
    text && shown === message ? command(text) : null,
    since || nextTry
      ? element(
          'p',
          { class: 'soft small' },
          ...(since ? ['since ', relativeTime(since)] : []),
          ...(nextTry ? [since ? ', next try ' : 'next try ', relativeTime(nextTry)] : []),
        )
      : null,
  )
}

/** A message that ends with the command ends before it: the command follows with its button. */
function withoutCommand(message, text) {
  const end =
    text && [`: \`${text}\`.`, `: \`${text.replace(/ --instance \S+$/, '')}\`.`].find((one) => message.endsWith(one))
  return end ? message.slice(0, 1 - end.length) : message
}

/** The live region gets a new summary at most every ten seconds. */
function announce(text) {
  clearTimeout(pending)
  const wait = Math.max(0, announced + quiet - Date.now())
  pending = setTimeout(() => {
    announced = Date.now()
    setText(byId('announcement'), text)
  }, wait)
}

/** Makes an element. Texts become text nodes: no text of a container or a file is ever read as HTML. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

/** Makes an element of an SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

export const byId = (id) => document.getElementById(id)

/** A count with its noun: "1 object", "3 objects". */
export const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`

/** The nodes of a text in which backticks mark code. */
export const prose = (text) =>
  text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? element('code', {}, part) : part))

/** A condition reason in words: `ImagePullFailed` is "Image pull failed". A mass deletion that is held has not happened. */
export function reasonWords(reason) {
  const words = (reason === 'MassDeletion' ? 'RemovalHeld' : reason).replaceAll(
    /(?<=[a-z])[A-Z]/g,
    (letter) => ` ${letter.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A reason in words, with a link to the problem that has the details. */
export const seeAttention = (reason) => [
  `${reasonWords(reason)}: see `,
  element('a', { href: '#attention' }, 'Attention'),
]

/** The commit of a change: `commit 292d8de "New heading" by me`. */
export const commitOf = ({ id, subject, author }) => [
  'commit ',
  element('code', { title: id }, id.slice(0, 7)),
  `${subject ? ` "${subject}"` : ''}${author ? ` by ${author}` : ''}`,
]

/** A time as the command line prints it. */
export const utc = (time) => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** Changes a text only if it differs: the same text again would make a screen reader read it again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** A word with a dot in its tone: good, busy, warn, bad or off. */
export const state = (tone, word) => element('span', { class: 'state', 'data-tone': tone }, word)

export function setState(node, tone, word) {
  setText(node, word)
  if (node.dataset.tone !== tone) node.dataset.tone = tone
}

/** Puts nodes into a list in their order. A node that is not moved keeps the focus, and the position of a screen reader. */
export function arrange(list, nodes) {
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null)
  })
  while (list.children.length > nodes.length) list.lastElementChild.remove()
}

/** Fills a `dl` with pairs of names and values. Pairs without a value are left out. */
export function factList(list, rows) {
  list.replaceChildren(
    ...rows
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )
  return list
}

/** A command with a button that copies it. */
export function command(text) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy: ${text}` }, 'Copy')
  button.addEventListener('click', async () => {
    button.textContent = (await copy(text)) ? 'Copied' : 'Select it'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2000)
  })
  return element('p', { class: 'command' }, element('code', {}, text), button)
}

/** The clipboard needs https or localhost; elsewhere the selection is copied. */
async function copy(text) {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  const field = element('textarea', { 'aria-hidden': 'true', class: 'offscreen' })
  field.value = text
  const focused = document.activeElement
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  focused?.focus()
  return done
}

export async function read(path) {
  const response = await fetch(path)
  if (response.status === 401) location.reload()
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response.json()
}

let clockOffset = 0

/** Times are shown by the clock of the server. */
export function setClock(now) {
  clockOffset = Date.parse(now) - Date.now()
}

/** A time such as "3 min ago", updated by `refreshTimes`. The tooltip has the complete time. `bare`: without "ago". */
export function relativeTime(text, bare = false) {
  const time = element('time', { datetime: text, title: utc(text) })
  if (bare) time.dataset.bare = ''
  time.textContent = relativeText(text, bare)
  return time
}

/** Brings the times of the document up to date, a part in each frame. */
export function refreshTimes(schedule) {
  const times = [...document.getElementsByTagName('time')]
  for (let from = 0; from < times.length; from += 200)
    schedule(`times ${from}`, () => {
      for (const time of times.slice(from, from + 200))
        setText(time, relativeText(time.dateTime, time.dataset.bare !== undefined))
    })
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

function relativeText(text, bare) {
  const seconds = Math.round((Date.parse(text) - Date.now() - clockOffset) / 1000)
  const far = Math.abs(seconds)
  // Small jumps of seconds are not shown.
  if (far < 5) return bare ? '< 5 s' : 'now'
  const [size, unit] = units.find(([size]) => far >= size)
  const amount = `${Math.floor(far / size)} ${unit}`
  if (bare) return amount
  return seconds < 0 ? `${amount} ago` : `in ${amount}`
}

/** Bytes as people read them. */
export function bytes(count) {
  if (count < 1024) return `${count} B`
  const at = Math.min(3, Math.floor(Math.log2(count) / 10))
  const amount = count / 1024 ** at
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${['B', 'KiB', 'MiB', 'GiB'][at]}`
}

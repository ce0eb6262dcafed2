/** Makes an element. Texts become text nodes: no text of a container or a file is ever read as HTML. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

export const byId = (id) => document.getElementById(id)

/** A count with its noun: "1 object", "3 objects". */
export const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`

let clockOffset = 0

/** Times are shown by the clock of the server. */
export function setClock(now) {
  clockOffset = Date.parse(now) - Date.now()
}

/** A time such as "3 min ago", updated by `refreshTimes`. The tooltip has the complete time. */
export function relativeTime(text) {
  const time = element('time', { datetime: text, title: new Date(text).toLocaleString() })
  time.textContent = relativeText(text)
  return time
}

export function refreshTimes() {
  for (const time of document.querySelectorAll('time')) {
    const text = relativeText(time.dateTime)
    if (time.textContent !== text) time.textContent = text
  }
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

function relativeText(text) {
  const seconds = Math.round((Date.parse(text) - Date.now() - clockOffset) / 1000)
  const far = Math.abs(seconds)
  // Small jumps of seconds are not shown.
  if (far < 5) return 'now'
  const [size, unit] = units.find(([size]) => far >= size)
  const amount = `${Math.floor(far / size)} ${unit}`
  return seconds < 0 ? `${amount} ago` : `in ${amount}`
}

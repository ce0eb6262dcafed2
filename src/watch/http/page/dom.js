/** Makes an element. Texts become text nodes: nothing that a container or a file says is ever read as HTML. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

export const byId = (id) => document.getElementById(id)

/** Text that says how many, as "1 object" or "3 objects". */
export const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`

let clockOffset = 0

/** The server's clock is the one that times are told by. */
export function setClock(now) {
  clockOffset = Date.parse(now) - Date.now()
}

/** A time as "3 min ago", kept current by `refreshTimes`; the tooltip has it in full. */
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
  // Seconds that jump around are no news.
  if (far < 5) return 'now'
  const [size, unit] = units.find(([size]) => far >= size)
  const amount = `${Math.floor(far / size)} ${unit}`
  return seconds < 0 ? `${amount} ago` : `in ${amount}`
}

/** Work of one frame, milliseconds. A frame that takes longer is felt. */
const budget = 8

const waiting = new Map()
let requested = false

/** Runs `act` in one of the next frames. Work with the same key that still waits is replaced, so that fast changes cost nothing more. */
export function schedule(key, act) {
  waiting.set(key, act)
  if (requested) return
  requested = true
  next()
}

/** A page in the background has no frames. */
const next = () => (document.hidden ? setTimeout(work, 200) : requestAnimationFrame(work))

function work() {
  const end = performance.now() + budget
  for (const [key, act] of waiting) {
    waiting.delete(key)
    act()
    if (performance.now() > end) break
  }
  requested = waiting.size > 0
  if (requested) next()
}

// Frames that were requested before the page was hidden may never come.
document.addEventListener('visibilitychange', () => document.hidden && requested && setTimeout(work, 200))

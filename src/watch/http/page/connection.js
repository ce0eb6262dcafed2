const firstWait = 1000
const longestWait = 30_000
/** Three heartbeats. A connection that is silent for so long is dead, even if the browser shows no error. */
const longestSilence = 45_000

/**
 * Holds a connection to the stream. The waits after losses grow. `heard`: the listener of each kind of message. `opened` may be
 * asynchronous; if it fails, the connection counts as lost. `lost` gets the wait in milliseconds.
 */
export function connect({ opened, heard: listeners, lost }) {
  let wait = firstWait
  let source
  let retry
  let silence

  const open = () => {
    clearTimeout(retry)
    retry = undefined
    const own = new EventSource('/api/changes')
    source = own
    const fail = () => source === own && giveUp()
    const heard = (then) => (message) => {
      clearTimeout(silence)
      silence = setTimeout(fail, longestSilence)
      then(JSON.parse(message.data))
    }
    own.onopen = () =>
      Promise.resolve(opened()).then(() => {
        wait = firstWait
      }, fail)
    own.onerror = fail
    for (const [name, listener] of Object.entries(listeners)) own.addEventListener(name, heard(listener))
  }

  const giveUp = () => {
    clearTimeout(silence)
    source.close()
    source = undefined
    // Pages that lost the same server do not connect again all at once.
    const milliseconds = wait * (0.75 + Math.random() / 2)
    retry = setTimeout(open, milliseconds)
    wait = Math.min(wait * 2, longestWait)
    lost(milliseconds)
  }

  // A page that becomes visible, or gets a network again, does not wait.
  const now = () => retry !== undefined && document.visibilityState === 'visible' && open()
  addEventListener('online', now)
  document.addEventListener('visibilitychange', now)
  open()
}

import type { Socket } from 'node:net'

/** Longest head of a request, bytes. */
export const maxHeadBytes = 16 * 1024
/** How long a client may take to send it. Milliseconds. */
const headTimeoutMs = 10_000

/**
 * Calls `onHead` once the head of a connection's first request is here, and leaves that request alone to be read: Node's parser would
 * work through a thousand that were sent behind it, whatever is done about the first.
 */
export function onFirstRequest(socket: Socket, onHead: () => void): void {
  let received = Buffer.alloc(0)
  const late = setTimeout(() => socket.destroy(), headTimeoutMs).unref()
  const onData = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk])
    const length = requestLength(received)
    if (length === undefined && received.length <= maxHeadBytes) return
    clearTimeout(late)
    socket.off('data', onData).off('end', onEnd).pause()
    socket.unshift(received.subarray(0, length))
    onHead()
    socket.resume()
  }
  const onEnd = (): void => void socket.destroy()
  socket
    .on('close', () => clearTimeout(late))
    .on('data', onData)
    .on('end', onEnd)
}

/** Bytes of the first request that may be here; undefined: its head is incomplete. Pure. */
export function requestLength(received: Buffer): number | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  // Where its body ends is found by reading it.
  if (/^transfer-encoding:/im.test(head)) return received.length
  return end + 4 + Number(/^content-length:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0)
}

import { connect } from 'node:net'
import type { RedisServer } from './redis-url.ts'

/** The longest wait for the error of a server that refuses a client, milliseconds. */
const refusalTimeoutMs = 300

/**
 * The error that a server sends to a new client before it closes the connection, e.g. `ERR max number of clients reached`. A client that
 * writes at once may miss it. undefined: the server sends no error.
 */
export function readRefusal({ endpoint }: RedisServer): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(endpoint)
    let received = ''
    const end = (): void => {
      socket.destroy()
      resolve(/^-(.*)\r\n/.exec(received)?.[1])
    }
    socket.setTimeout(refusalTimeoutMs, end)
    socket.on('data', (bytes) => {
      received += bytes.toString()
      if (received.includes('\n')) end()
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

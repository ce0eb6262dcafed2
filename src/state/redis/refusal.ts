import { connect } from 'node:net'
import type { RedisServer } from './redis-url.ts'

/** How long a server that refuses a client gets to say why. Milliseconds. */
const patience = 300

/**
 * What a server says to who has said nothing yet, as `ERR max number of clients reached`, before it closes the connection: who writes at once
 * may never read it. undefined: nothing that is an error of Redis.
 */
export function refusalOf({ at }: RedisServer): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(at)
    let said = ''
    const end = (): void => {
      socket.destroy()
      resolve(/^-(.*)\r\n/.exec(said)?.[1])
    }
    socket.setTimeout(patience, end)
    socket.on('data', (bytes) => {
      said += bytes.toString()
      if (said.includes('\n')) end()
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

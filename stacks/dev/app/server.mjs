// Save this file: the server starts again with your change. It counts its visitors in the database, without any package.
import { createServer } from 'node:http'
import { connect } from 'node:net'

const greeting = 'Hello from the development environment'

/** The answer of the database to one command. */
const ask = (command) =>
  new Promise((resolve, reject) => {
    const socket = connect(6379, process.env.DATABASE, () => socket.write(`${command}\r\n`))
    socket.once('data', (answer) => {
      socket.destroy()
      resolve(answer.toString().replace(/^:/, '').trim())
    })
    socket.once('error', reject)
  })

createServer(async (_request, response) => {
  try {
    response.end(`${greeting}: visit ${await ask('INCR visits')}\n`)
  } catch (error) {
    response.writeHead(503).end(`no database: ${error.message}\n`)
  }
}).listen(3000, () => console.log('the server listens on port 3000'))

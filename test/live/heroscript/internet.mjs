// A name server and a web server on one address that is local to this network namespace: every name has this address.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'

const address = process.argv[2]
const server = createSocket('udp4')
server.on('message', (query, from) => {
  const end = query.indexOf(0, 12) + 5
  const isIPv4 = query.readUInt16BE(end - 4) === 1
  const header = Buffer.from([query[0], query[1], 0x81, 0x80, 0, 1, 0, isIPv4 ? 1 : 0, 0, 0, 0, 0])
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)])
  server.send(Buffer.concat([header, query.subarray(12, end), ...(isIPv4 ? [answer] : [])]), from.port, from.address)
})
server.bind(53, address, () =>
  createServer((request, response) => response.end(`page of ${request.headers.host}\n`)).listen(80, address, () =>
    process.stdout.write('ready\n'),
  ),
)

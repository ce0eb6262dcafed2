import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { HttpProbe } from '../../model/kinds/container.ts'
import type { ProbeAnswer } from '../contract/processes.ts'

const mostBody = 4096

/** See `ProcessReader.probeHttp`. */
export async function probeHttp(probe: HttpProbe, host: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const { request } = await (probe.scheme === 'https' ? import('node:https') : import('node:http'))
  return new Promise((resolve) => {
    let output = 'the connection was closed without an answer'
    const call = request({
      host,
      port: probe.port,
      path: probe.path,
      agent: false,
      signal,
      headers: { 'User-Agent': 'heropods', Accept: '*/*', Connection: 'close' },
      // The certificate of a container does not contain its address.
      rejectUnauthorized: false,
    })
    call.once('error', (error) => resolve({ ok: false, output: error.message }))
    call.once('close', () => resolve({ ok: false, output }))
    call.once('response', (answer: IncomingMessage) => {
      const { statusCode = 0 } = answer
      output = `HTTP ${statusCode}`
      answer.on('error', () => undefined)
      if (statusCode >= probe.status.from && statusCode <= probe.status.to) {
        resolve({ ok: true, output })
        answer.destroy()
        return
      }
      output += '\n'
      answer.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(0, mostBody)
        if (output.length >= mostBody) answer.destroy()
      })
    })
    call.end()
  })
}

/** See `ProcessReader.probeTcp`. */
export const probeTcp = (port: number, host: string, signal: AbortSignal): Promise<ProbeAnswer> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, signal })
    socket.once('error', (error) => resolve({ ok: false, output: error.message }))
    socket.once('connect', () => {
      resolve({ ok: true, output: '' })
      socket.destroy()
    })
  })

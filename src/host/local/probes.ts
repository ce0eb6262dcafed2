import type { IncomingMessage } from 'node:http'
import { connect, isIPv6 } from 'node:net'
import type { HttpProbe } from '../../model/kinds/container.ts'
import type { ProbeAnswer } from '../contract/processes.ts'

/** Characters. */
const maxBodyCharacters = 4096

/** Why a connection failed, for people. */
const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to the container',
  ENETUNREACH: 'no route to the container',
  ABORT_ERR: 'no answer',
}

/** See `ProcessReader.probeHttp`. */
export async function probeHttp(probe: HttpProbe, host: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const { request } = await (probe.scheme === 'https' ? import('node:https') : import('node:http'))
  const requestText = `GET ${probe.scheme}://${addressText(host, probe.port)}${probe.path}`
  return new Promise((resolve) => {
    let body = ''
    let failure = `${requestText}: the connection was closed without an answer`
    const clientRequest = request({
      host,
      port: probe.port,
      path: probe.path,
      agent: false,
      signal,
      headers: { 'User-Agent': 'heropods', Accept: '*/*', Connection: 'close' },
      // The certificate of a container does not contain its address.
      rejectUnauthorized: false,
    })
    clientRequest.once('error', (error) => resolve({ ok: false, output: `${requestText}: ${causeOf(error)}` }))
    // Messages show only the end of an output, so the failure comes after the body.
    clientRequest.once('close', () =>
      resolve({ ok: false, output: [body.trimEnd(), failure].filter(Boolean).join('\n') }),
    )
    clientRequest.once('response', (answer: IncomingMessage) => {
      const { statusCode = 0, statusMessage = '' } = answer
      const statusText = `${requestText} answered ${statusCode} ${statusMessage}`.trimEnd()
      answer.on('error', () => undefined)
      if (statusCode >= probe.status.from && statusCode <= probe.status.to) {
        resolve({ ok: true, output: statusText })
        answer.destroy()
        return
      }
      failure = `${statusText}, expected ${rangeText(probe.status)}`
      answer.on('data', (chunk: Buffer) => {
        body = (body + chunk.toString()).slice(0, maxBodyCharacters)
        if (body.length >= maxBodyCharacters) answer.destroy()
      })
    })
    clientRequest.end()
  })
}

/** See `ProcessReader.probeTcp`. */
export const probeTcp = (port: number, host: string, signal: AbortSignal): Promise<ProbeAnswer> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, signal })
    socket.once('error', (error) => resolve({ ok: false, output: `TCP ${addressText(host, port)}: ${causeOf(error)}` }))
    socket.once('connect', () => {
      resolve({ ok: true, output: '' })
      socket.destroy()
    })
  })

const rangeText = ({ from, to }: HttpProbe['status']): string => (from === to ? `${from}` : `${from} to ${to}`)

const causeOf = (error: NodeJS.ErrnoException): string => causes[error.code ?? ''] ?? error.message

const addressText = (host: string, port: number): string => `${isIPv6(host) ? `[${host}]` : host}:${port}`

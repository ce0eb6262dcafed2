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
  const asked = `GET ${probe.scheme}://${addressText(host, probe.port)}${probe.path}`
  return new Promise((resolve) => {
    let body = ''
    let verdict = `${asked}: the connection was closed without an answer`
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
    call.once('error', (error) => resolve({ ok: false, output: `${asked}: ${causeOf(error)}` }))
    // Texts show the end of an output: the verdict comes after the body.
    call.once('close', () => resolve({ ok: false, output: [body.trimEnd(), verdict].filter(Boolean).join('\n') }))
    call.once('response', (answer: IncomingMessage) => {
      const { statusCode = 0, statusMessage = '' } = answer
      const answered = `${asked} answered ${statusCode} ${statusMessage}`.trimEnd()
      answer.on('error', () => undefined)
      if (statusCode >= probe.status.from && statusCode <= probe.status.to) {
        resolve({ ok: true, output: answered })
        answer.destroy()
        return
      }
      verdict = `${answered}, expected ${rangeText(probe.status)}`
      answer.on('data', (chunk: Buffer) => {
        body = (body + chunk.toString()).slice(0, maxBodyCharacters)
        if (body.length >= maxBodyCharacters) answer.destroy()
      })
    })
    call.end()
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

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../../node_modules/yaml-language-server/bin/yaml-language-server')

export interface EditorProblem {
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}

/** The real yaml-language-server over its protocol, as an editor uses it. */
export class LanguageServer {
  private readonly process: ChildProcessWithoutNullStreams
  private input = Buffer.alloc(0)
  private next = 1
  private readonly answers = new Map<number, (result: unknown) => void>()
  private readonly problems = new Map<string, (found: readonly EditorProblem[]) => void>()

  constructor() {
    this.process = spawn(process.execPath, [program, '--stdio'])
    this.process.stdout.on('data', (chunk: Buffer) => this.read(chunk))
  }

  async start(): Promise<void> {
    const text = { hover: { contentFormat: ['plaintext'] }, completion: { completionItem: { snippetSupport: true } } }
    await this.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { ...text, publishDiagnostics: {} } },
    })
    this.send({ method: 'initialized', params: {} })
  }

  /** Opens a document and returns its problems. */
  async open(file: string, text: string): Promise<readonly EditorProblem[]> {
    const uri = `file://${file}`
    const found = new Promise<readonly EditorProblem[]>((resolve) => this.problems.set(uri, resolve))
    this.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    })
    return found
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.next++
    this.send({ id, method, params })
    return new Promise((resolve) => this.answers.set(id, resolve))
  }

  at(method: string, file: string, line: number, character: number): Promise<unknown> {
    return this.request(`textDocument/${method}`, {
      textDocument: { uri: `file://${file}` },
      position: { line, character },
    })
  }

  stop(): void {
    this.process.kill('SIGKILL')
  }

  private send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  private read(chunk: Buffer): void {
    this.input = Buffer.concat([this.input, chunk])
    for (;;) {
      const head = this.input.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/.exec(this.input.subarray(0, head).toString())?.[1])
      if (this.input.length < head + 4 + length) return
      const body = this.input.subarray(head + 4, head + 4 + length).toString()
      this.input = this.input.subarray(head + 4 + length)
      this.receive(JSON.parse(body) as Message)
    }
  }

  private receive({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly EditorProblem[] }
      this.problems.get(uri)?.(diagnostics)
    } else if (method === 'workspace/configuration' && id !== undefined) {
      const { items } = params as { items: readonly unknown[] }
      this.send({ id, result: items.map(() => ({})) })
    } else if (method !== undefined && id !== undefined) this.send({ id, result: null })
    else if (id !== undefined) this.answers.get(id)?.(result)
  }
}

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { safePath } from './requirements.ts'

export interface InteractiveOptions {
  /** Hand standard input on; else the program reads nothing. */
  readonly stdin: boolean
  /** Text that the program reads from descriptor 3. */
  readonly data: string
}

/** Runs a program on this process's own terminal and answers its exit code, 128 + number for a signal. */
export function interactive(program: string, args: readonly string[], options: InteractiveOptions): Promise<number> {
  const data = namelessFile(options.data)
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      env: { PATH: safePath, ...(process.env.TERM !== undefined && { TERM: process.env.TERM }) },
      stdio: [options.stdin ? 'inherit' : 'ignore', 'inherit', 'inherit', data],
    })
    closeSync(data)
    const ignore = (): void => undefined
    // Ctrl-C is for the program inside; it reaches it through the terminal.
    process.on('SIGINT', ignore)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore)
      resolve(code ?? 128 + (signal === null ? 0 : (signalNumbers[signal] ?? 0)))
    })
  })
}

/** A file with this text that has no name any more: Node's pipes are sockets, which cannot be opened through /dev/fd. */
function namelessFile(text: string): number {
  const path = join(tmpdir(), `heropods-${randomBytes(8).toString('hex')}`)
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  writeSync(file, text)
  return file
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
}

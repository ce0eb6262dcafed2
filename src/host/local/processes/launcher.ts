import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { shellWord } from '../../../model/command/shell-word.ts'
import type { Command, CommandResult } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'

/** Exit codes of a shell whose command does not exist. */
const notFound = 127
const defaultTimeoutMs = 60_000

/**
 * A shell that starts commands for this process, one after the other. To start a child from Node, the kernel copies the tables of a large
 * process, and Node waits for it: the shell does it in a tenth of the time, and Node does other work meanwhile. It ends with its input, so
 * it does not outlive this process.
 */
export class Launcher {
  private readonly shell: ChildProcess
  private readonly mark = randomBytes(8).toString('hex')
  private output = ''
  private queue: Promise<unknown> = Promise.resolve()
  private answered: ((code: number | 'timeout' | undefined) => void) | undefined
  private ended = false

  /** `lock`: a descriptor that the shell inherits, but not its commands. */
  constructor(lock: number | undefined) {
    this.shell = spawn('sh', ['-s'], {
      cwd: '/',
      env: { PATH: safePath, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'ignore', ...(lock === undefined ? [] : [lock])],
    })
    this.shell.stdout?.setEncoding('utf8').on('data', (text: string) => this.receive(text))
    this.shell.stdin?.on('error', () => undefined)
    for (const event of ['error', 'close']) this.shell.on(event, () => this.close())
  }

  /** Runs a command whose output is not needed. undefined: it could not be started, and is to be started in another way. */
  run(command: Command): Promise<CommandResult | undefined> {
    const result = this.queue.then(() => this.next(command))
    this.queue = result
    return result
  }

  end(): Promise<void> {
    this.shell.stdin?.end()
    return this.ended ? Promise.resolve() : new Promise((resolve) => this.shell.once('close', () => resolve()))
  }

  private async next(command: Command): Promise<CommandResult | undefined> {
    if (this.ended) return undefined
    this.output = ''
    const code = await new Promise<number | 'timeout' | undefined>((resolve) => {
      const expiry = setTimeout(() => {
        this.shell.kill('SIGKILL')
        this.answered?.('timeout')
        this.close()
      }, command.timeoutMs ?? defaultTimeoutMs)
      this.answered = (found) => {
        clearTimeout(expiry)
        resolve(found)
      }
      this.shell.stdin?.write(shellLine(command, process.pid, this.mark))
    })
    this.answered = undefined
    if (code === undefined) return undefined
    const stderr = this.output
    if (code === 'timeout')
      return { command, exitCode: undefined, signal: 'SIGKILL', stdout: '', stderr, missing: false }
    return { command, exitCode: code, signal: undefined, stdout: '', stderr, missing: code === notFound }
  }

  private receive(text: string): void {
    this.output += text
    const found = this.output.match(new RegExp(`${this.mark} (\\d+)\\n$`))
    if (found === null) return
    this.output = this.output.slice(0, found.index)
    this.answered?.(Number(found[1]))
  }

  private close(): void {
    this.ended = true
    this.answered?.(undefined)
  }
}

/** A line for the shell: the command with its environment and descriptors (3, 4 ...) of process `pid`, then its exit code after `mark`. Pure. */
export function shellLine({ program, args, env, cwd, descriptors = [] }: Command, pid: number, mark: string): string {
  const variables = Object.entries({ PATH: safePath, LC_ALL: 'C', ...env })
  const words = [
    ...variables.map(([name, value]) => `${name}=${shellWord(value)}`),
    ...[program, ...args].map(shellWord),
  ]
  // Descriptor 3 of the shell may be a lock.
  const opened = descriptors.length === 0 ? ['3>&-'] : descriptors.map((one, at) => `${3 + at}>>/proc/${pid}/fd/${one}`)
  return `(cd ${shellWord(cwd ?? '/')} && ${words.join(' ')}) </dev/null 2>&1 >/dev/null ${opened.join(' ')}; echo ${mark} $?\n`
}

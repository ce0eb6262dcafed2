import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { namelessFile } from '../files/nameless-file.ts'
import { safePath } from '../requirements.ts'
import { dropAttributes } from './attributes.ts'
import { withOrdinaryOomScore } from './oom-score.ts'

/** A program that runs another one somewhere else and may not outstay its time. */
export interface BoundedProgram {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Text that it reads from descriptor 3. */
  readonly data: string
  /** FIFO for its output: Node's pipes are sockets, which no program can open as /dev/stdout. */
  readonly output: string
  /** Where it writes the pid of what it runs, which goes with its process group when the time is over. */
  readonly pidFile: string
  /** Milliseconds. */
  readonly timeout: number
}

export interface BoundedResult {
  /** undefined: ended by a signal. */
  readonly exitCode: number | undefined
  readonly timedOut: boolean
  /** The last 4 kB of what it wrote. */
  readonly output: string
}

const mostOutput = 4096
/** How long output is waited for after the end, where something left behind holds the pipe open. Milliseconds. */
const quiet = 50
/** Time the program gets to see that what it runs was killed, milliseconds. */
const killTimeout = 1000

/** Runs it with standard input closed, until it ends, its time is over or `signal` says so. Raises where it cannot be started. */
export async function runBounded(command: BoundedProgram, signal: AbortSignal): Promise<BoundedResult> {
  rmSync(command.pidFile, { force: true })
  await dropAttributes()
  // The reader's end is opened without waiting for a writer.
  const reader = openSync(command.output, constants.O_RDONLY | constants.O_NONBLOCK)
  const from = new Socket({ fd: reader, readable: true, writable: false })
  let output = Buffer.alloc(0)
  from.on('data', (chunk: Buffer) => {
    output = Buffer.concat([output, chunk]).subarray(-mostOutput)
  })
  from.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => from.once('close', () => resolve()))
  let timedOut = false
  const timer = new AbortController()
  try {
    const child = start(command)
    const ended = ending(child)
    const stop = AbortSignal.any([signal, timer.signal])
    const expiry = setTimeout(() => {
      timedOut = true
      timer.abort()
    }, command.timeout)
    const killed = (): void => void endAll(child, command.pidFile, ended)
    stop.addEventListener('abort', killed, { once: true })
    if (stop.aborted) killed()
    const exitCode = await ended.finally(() => {
      clearTimeout(expiry)
      stop.removeEventListener('abort', killed)
    })
    await Promise.race([closed, delay(quiet)])
    return { exitCode, timedOut, output: output.toString() }
  } finally {
    from.destroy()
  }
}

function start({ program, args, env, data, output }: BoundedProgram): ChildProcess {
  const writer = openSync(output, constants.O_WRONLY)
  const file = namelessFile(dirname(output), data)
  try {
    // In a session of its own: Ctrl-C is for whoever waits for it.
    return withOrdinaryOomScore(() =>
      spawn(program, [...args], {
        cwd: '/',
        detached: true,
        env: { PATH: safePath, ...env },
        stdio: ['ignore', writer, writer, file],
      }),
    )
  } finally {
    closeSync(writer)
    closeSync(file)
  }
}

const ending = (child: ChildProcess): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? undefined))
  })

/** Kills what the program runs with its process group, and the program where that does not end it. */
async function endAll(child: ChildProcess, pidFile: string, ended: Promise<unknown>): Promise<void> {
  const inside = readInside(pidFile)
  if (inside !== undefined) {
    for (const target of [-inside.group, inside.pid]) kill(target)
    await Promise.race([ended.catch(() => undefined), delay(killTimeout)])
  }
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
}

function readInside(pidFile: string): { readonly pid: number; readonly group: number } | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'))
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // proc(5): state, parent and group follow the name, which may hold blanks and brackets.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
    return pid > 1 && group > 1 ? { pid, group } : undefined
  } catch {
    return undefined
  }
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

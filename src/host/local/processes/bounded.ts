import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BoundedProgram, BoundedResult } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { openUnnamed } from '../files/unnamed-file.ts'
import type { ThisProcess } from './this-process.ts'

const maxOutputBytes = 4096
/** Time to wait for more output after the end, if a remaining process has the pipe open, milliseconds. */
const quietMs = 50
/** Time in which the program must end after its process group was killed, milliseconds. */
const killTimeoutMs = 1000

/** See `CommandRunner.runBounded`. */
export async function runBounded(
  own: ThisProcess,
  command: BoundedProgram,
  signal: AbortSignal,
): Promise<BoundedResult> {
  rmSync(command.pidFile, { force: true })
  await own.resetAttributes()
  // O_NONBLOCK: opening the reader's end must not wait for a writer.
  const reader = openSync(command.output, constants.O_RDONLY | constants.O_NONBLOCK)
  const from = new Socket({ fd: reader, readable: true, writable: false })
  let output = Buffer.alloc(0)
  from.on('data', (chunk: Buffer) => {
    output = Buffer.concat([output, chunk]).subarray(-maxOutputBytes)
  })
  from.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => from.once('close', () => resolve()))
  let timedOut = false
  const timer = new AbortController()
  try {
    const child = start(own, command)
    const ended = ending(child)
    const stop = AbortSignal.any([signal, timer.signal])
    const expiry = setTimeout(() => {
      timedOut = true
      timer.abort()
    }, command.timeoutMs)
    const killed = (): void => void endAll(child, command.pidFile, ended)
    stop.addEventListener('abort', killed, { once: true })
    if (stop.aborted) killed()
    const exitCode = await ended.finally(() => {
      clearTimeout(expiry)
      stop.removeEventListener('abort', killed)
    })
    await Promise.race([closed, delay(quietMs)])
    return { exitCode, timedOut, output: output.toString() }
  } finally {
    from.destroy()
  }
}

function start(own: ThisProcess, { program, args, env, data, output }: BoundedProgram): ChildProcess {
  const writer = openSync(output, constants.O_WRONLY)
  const file = openUnnamed(dirname(output), data)
  try {
    // In its own session: Ctrl-C must reach only the caller, not the program.
    return own.oomScore.duringStart(() =>
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

/** Kills the process group that the program runs, and the program itself if it does not end then. */
export async function endAll(child: ChildProcess, pidFile: string, ended: Promise<unknown>): Promise<void> {
  const inside = readInside(pidFile)
  if (inside !== undefined) {
    for (const target of [-inside.group, inside.pid]) kill(target)
    await Promise.race([ended.catch(() => undefined), delay(killTimeoutMs)])
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

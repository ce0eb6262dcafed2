import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants as osConstants } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { InteractiveProgram, ProgramStreams } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { inTemporaryFolder, openUnnamed } from '../files/unnamed-file.ts'
import { endAll } from './bounded.ts'
import { followSize } from './follow-size.ts'
import { passSignals } from './pass-signals.ts'
import type { ThisProcess } from './this-process.ts'

/**
 * See `CommandRunner.interactive`. Only a program that makes its own terminal inherits the descriptors of this process. Otherwise a process
 * in a container could open them again with other access rights, and hold them after this process has ended.
 */
export async function interactive(own: ThisProcess, program: InteractiveProgram): Promise<number> {
  await own.resetAttributes()
  const pipes = program.terminal
    ? undefined
    : inTemporaryFolder(program.folder, (folder) => openPipes(folder, streamsOf(program).stdin !== undefined))
  const child = start(own, program, pipes)
  const copies = pipes && copyThrough(pipes, streamsOf(program))
  const ended = ending(child)
  const endSize = program.hasInnerTerminal ? followSize(child) : undefined
  const stop = (): void => void endAll(child, program.pidFile ?? '', ended)
  program.signal?.addEventListener('abort', stop, { once: true })
  if (program.signal?.aborted) stop()
  const ignore = (): void => undefined
  const endPassing = program.passesSignals ? passSignals(child) : undefined
  // Ctrl-C is for the program in the container, which gets it through its terminal.
  if (program.streams === undefined) process.on('SIGINT', ignore)
  try {
    const [code, signal] = await ended
    // Output that is no longer wanted may have no reader.
    if (!program.signal?.aborted) await copies?.drained()
    return code ?? 128 + (signal === null ? 0 : osConstants.signals[signal])
  } finally {
    copies?.end()
    endSize?.()
    endPassing?.()
    program.signal?.removeEventListener('abort', stop)
    process.off('SIGINT', ignore)
  }
}

const streamsOf = ({ streams, stdin }: InteractiveProgram): ProgramStreams =>
  streams ?? { stdin: stdin ? process.stdin : undefined, stdout: process.stdout, stderr: process.stderr }

const ending = (child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve([code, signal]))
  })

function start(own: ThisProcess, options: InteractiveProgram, pipes: Pipes | undefined): ChildProcess {
  const { program, args, terminal, env, folder, data, passesSignals = false } = options
  const { TERM } = process.env
  const file = openUnnamed(folder, data)
  // crun makes a terminal only if standard input is one.
  const stdin = terminal ? 'inherit' : (pipes?.stdin?.childEnd ?? 'ignore')
  try {
    return own.oomScore.duringStart(() =>
      spawn(program, [...args], {
        cwd: '/',
        // In a session of its own, the program gets a signal of the terminal only once: from this process.
        detached: passesSignals && !terminal,
        env: { PATH: safePath, ...(TERM !== undefined && { TERM }), ...env },
        stdio: [stdin, pipes?.stdout.childEnd ?? 'inherit', pipes?.stderr.childEnd ?? 'inherit', file],
      }),
    )
  } finally {
    closeSync(file)
  }
}

interface Pipe {
  /** The descriptor of the end that the program inherits. */
  readonly childEnd: number
  /** The end of this process. */
  readonly ownEnd: Socket
}

interface Pipes {
  readonly stdin: Pipe | undefined
  readonly stdout: Pipe
  readonly stderr: Pipe
}

/** Named pipes: Node's own pipes are sockets, which a program cannot open as /dev/stdout. */
function openPipes(place: string, withInput: boolean): Pipes {
  const folder = mkdtempSync(join(place, '.heropods-'))
  try {
    const [input, output, errors] = [join(folder, '0'), join(folder, '1'), join(folder, '2')]
    execFileSync('mkfifo', ['--mode=600', input, output, errors], { cwd: '/', env: { PATH: safePath } })
    const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants
    const readPipe = (path: string): Pipe => {
      const fd = openSync(path, O_RDONLY | O_NONBLOCK)
      return { childEnd: openSync(path, O_WRONLY), ownEnd: new Socket({ fd, readable: true, writable: false }) }
    }
    const writePipe = (path: string): Pipe => {
      // The writer can be opened only if there is a reader. So a non-blocking reader is opened first, then the blocking one for the program.
      const first = openSync(path, O_RDONLY | O_NONBLOCK)
      const fd = openSync(path, O_WRONLY | O_NONBLOCK)
      const childEnd = openSync(path, O_RDONLY)
      closeSync(first)
      return { childEnd, ownEnd: new Socket({ fd, readable: false, writable: true }) }
    }
    return { stdin: withInput ? writePipe(input) : undefined, stdout: readPipe(output), stderr: readPipe(errors) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Output is complete when none has arrived for this time. */
const quietMs = 50
/** Most bytes to copy after the end of the program, since a remaining process may still write. */
const maxBytesAfterExit = 1024 * 1024

function copyThrough(
  { stdin, stdout, stderr }: Pipes,
  streams: ProgramStreams,
): { drained(): Promise<void>; end(): void } {
  for (const pipe of [stdin, stdout, stderr]) if (pipe) closeSync(pipe.childEnd)
  if (stdin) {
    stdin.ownEnd.on('error', () => undefined)
    streams.stdin?.pipe(stdin.ownEnd)
  }
  const outputs = [
    { from: stdout.ownEnd, to: streams.stdout },
    { from: stderr.ownEnd, to: streams.stderr },
  ]
  for (const { from, to } of outputs) from.pipe(to, { end: false })
  const bytesRead = (): number => outputs.reduce((sum, { from }) => sum + from.bytesRead, 0)
  const isBuffered = (): boolean => outputs.some(({ from, to }) => from.readableLength + to.writableLength > 0)
  return {
    async drained() {
      const atExit = bytesRead()
      for (let before = -1; bytesRead() < atExit + maxBytesAfterExit && (bytesRead() > before || isBuffered()); ) {
        if (outputs.every(({ from }) => from.destroyed || from.readableEnded) && !isBuffered()) return
        before = bytesRead()
        await delay(quietMs)
        // After a long task of this process the timer comes before the output that waits in the pipe. This reads it first.
        await nextTurn()
      }
    },
    end() {
      for (const pipe of [stdin, stdout, stderr]) pipe?.ownEnd.destroy()
      if (stdin) streams.stdin?.destroy()
    },
  }
}

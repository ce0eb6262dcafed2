import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inPassingFolder, namelessFile } from '../files/nameless-file.ts'
import { safePath } from '../requirements.ts'
import { dropAttributes } from './attributes.ts'
import { withOrdinaryOomScore } from './oom-score.ts'

export interface InteractiveOptions {
  /** Hand standard input on; else the program reads nothing. */
  readonly stdin: boolean
  /** The program makes a terminal of its own out of this process's one. */
  readonly terminal: boolean
  readonly env: Readonly<Record<string, string>>
  /** Text that the program reads from descriptor 3. */
  readonly data: string
  /** Where files lie that have no name once the program runs. */
  readonly folder: string
}

/**
 * Runs a program for whoever called this process, and answers its exit code, 128 + number for a signal. Only a program that makes a
 * terminal of its own gets this process's descriptors: what is handed on can be opened again inside a container, with other rights
 * than it was opened with here, and outlives this process there.
 */
export async function interactive(
  program: string,
  args: readonly string[],
  options: InteractiveOptions,
): Promise<number> {
  await dropAttributes()
  const pipes = options.terminal
    ? undefined
    : inPassingFolder(options.folder, (folder) => openPipes(folder, options.stdin))
  const data = namelessFile(options.folder, options.data)
  // A terminal is made from the one that standard input is: without it crun makes none.
  const stdin = options.terminal ? 'inherit' : (pipes?.stdin?.theirs ?? 'ignore')
  const child = withOrdinaryOomScore(() =>
    spawn(program, [...args], {
      cwd: '/',
      env: { PATH: safePath, ...(process.env.TERM !== undefined && { TERM: process.env.TERM }), ...options.env },
      stdio: [stdin, pipes?.stdout.theirs ?? 'inherit', pipes?.stderr.theirs ?? 'inherit', data],
    }),
  )
  closeSync(data)
  const copies = pipes && copyThrough(pipes)
  const ignore = (): void => undefined
  // Ctrl-C is for the program inside; it reaches it through the terminal.
  process.on('SIGINT', ignore)
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (...ending) => resolve(ending))
    })
    await copies?.drained()
    return code ?? 128 + (signal === null ? 0 : (signalNumbers[signal] ?? 0))
  } finally {
    copies?.end()
    process.off('SIGINT', ignore)
  }
}

interface Pipe {
  /** The program's end. */
  readonly theirs: number
  readonly ours: Socket
}

interface Pipes {
  readonly stdin: Pipe | undefined
  readonly stdout: Pipe
  readonly stderr: Pipe
}

/** Pipes of the kernel's: those that Node makes are sockets, which a program cannot open as /dev/stdout. */
function openPipes(place: string, withInput: boolean): Pipes {
  const folder = mkdtempSync(join(place, '.heropods-'))
  try {
    const [input, output, errors] = ['0', '1', '2'].map((name) => join(folder, name)) as [string, string, string]
    execFileSync('mkfifo', ['--mode=600', input, output, errors], { cwd: '/', env: { PATH: safePath } })
    const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants
    const reading = (path: string): Pipe => {
      const ours = openSync(path, O_RDONLY | O_NONBLOCK)
      return { theirs: openSync(path, O_WRONLY), ours: new Socket({ fd: ours, readable: true, writable: false }) }
    }
    const writing = (path: string): Pipe => {
      // The reader's end is opened without waiting for a writer, and then as one that waits for what is written.
      const first = openSync(path, O_RDONLY | O_NONBLOCK)
      const ours = openSync(path, O_WRONLY | O_NONBLOCK)
      const theirs = openSync(path, O_RDONLY)
      closeSync(first)
      return { theirs, ours: new Socket({ fd: ours, readable: false, writable: true }) }
    }
    return { stdin: withInput ? writing(input) : undefined, stdout: reading(output), stderr: reading(errors) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How long nothing more has to come before what a program wrote last is taken for all. */
const quiet = 50
/** A program left behind may go on writing; this much is taken of it. */
const mostAfterwards = 1024 * 1024

function copyThrough({ stdin, stdout, stderr }: Pipes): { drained(): Promise<void>; end(): void } {
  for (const one of [stdin, stdout, stderr]) if (one) closeSync(one.theirs)
  if (stdin) {
    stdin.ours.on('error', () => undefined)
    process.stdin.pipe(stdin.ours)
  }
  const outputs = [
    { from: stdout.ours, to: process.stdout },
    { from: stderr.ours, to: process.stderr },
  ]
  for (const { from, to } of outputs) from.pipe(to, { end: false })
  const taken = (): number => outputs.reduce((sum, { from }) => sum + from.bytesRead, 0)
  const waiting = (): boolean => outputs.some(({ from, to }) => from.readableLength + to.writableLength > 0)
  return {
    async drained() {
      const atEnd = taken()
      for (let before = -1; taken() < atEnd + mostAfterwards && (taken() > before || waiting()); ) {
        if (outputs.every(({ from }) => from.destroyed || from.readableEnded) && !waiting()) return
        before = taken()
        await delay(quiet)
      }
    },
    end() {
      for (const one of [stdin, stdout, stderr]) one?.ours.destroy()
      if (stdin) process.stdin.destroy()
    },
  }
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
}

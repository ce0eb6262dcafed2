import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { InteractiveProgram } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { inTemporaryFolder, openUnnamed } from '../files/unnamed-file.ts'
import type { ThisProcess } from './this-process.ts'

/**
 * See `CommandRunner.interactive`. Only a program that makes its own terminal inherits the descriptors of this process. Otherwise a process
 * in a container could open them again with other access rights, and hold them after this process has ended.
 */
export async function interactive(own: ThisProcess, program: InteractiveProgram): Promise<number> {
  await own.resetAttributes()
  const pipes = program.terminal
    ? undefined
    : inTemporaryFolder(program.folder, (folder) => openPipes(folder, program.stdin))
  const child = start(own, program, pipes)
  const copies = pipes && copyThrough(pipes)
  const ignore = (): void => undefined
  // Ctrl-C is for the program in the container, which gets it through its terminal.
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

function start(own: ThisProcess, options: InteractiveProgram, pipes: Pipes | undefined): ChildProcess {
  const { program, args, terminal, env, folder, data } = options
  const { TERM } = process.env
  const file = openUnnamed(folder, data)
  // crun makes a terminal only if standard input is one.
  const stdin = terminal ? 'inherit' : (pipes?.stdin?.theirs ?? 'ignore')
  try {
    return own.oomScore.duringStart(() =>
      spawn(program, [...args], {
        cwd: '/',
        env: { PATH: safePath, ...(TERM !== undefined && { TERM }), ...env },
        stdio: [stdin, pipes?.stdout.theirs ?? 'inherit', pipes?.stderr.theirs ?? 'inherit', file],
      }),
    )
  } finally {
    closeSync(file)
  }
}

interface Pipe {
  /** The end of the pipe for the program. */
  readonly theirs: number
  readonly ours: Socket
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
    const reading = (path: string): Pipe => {
      const ours = openSync(path, O_RDONLY | O_NONBLOCK)
      return { theirs: openSync(path, O_WRONLY), ours: new Socket({ fd: ours, readable: true, writable: false }) }
    }
    const writing = (path: string): Pipe => {
      // The writer can be opened only if there is a reader. So a non-blocking reader is opened first, then the blocking one for the program.
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

/** Output is complete when none has arrived for this time, milliseconds. */
const quiet = 50
/** Most bytes to copy after the end of the program, since a remaining process may still write. */
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

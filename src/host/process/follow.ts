import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Command } from '../host.ts'
import { safePath } from '../requirements.ts'
import { traceCommand } from './run-command.ts'

/** The end of what a program wrote on standard error that is told, characters. */
const toldOfErrors = 300

/**
 * Runs a program that goes on telling, as `ip monitor` does: `onLine` gets each line, `onEnd` why it ended, unless it was stopped. It
 * never outlives this process: the kernel kills it (`setpriv --pdeathsig`), since a monitor that nobody reads only notices with its
 * next line. Of the command's options only `env` counts.
 */
export function follow(
  command: Command,
  onLine: (line: string) => void,
  onEnd: (why: string) => void,
): { stop(): void } {
  traceCommand(command)
  let stopped = false
  let errors = ''
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command.program, ...command.args], {
    cwd: '/',
    env: { PATH: safePath, LC_ALL: 'C', ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = (why: string): void => {
    if (!stopped) onEnd(why)
    stopped = true
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!stopped) onLine(line)
  })
  child.stderr.on('data', (text: Buffer) => {
    errors = `${errors}${text}`.slice(-toldOfErrors)
  })
  child.once('error', (error) => end(error.message))
  child.once('exit', (code, signal) => end(errors.trim() || (signal ? `ended by ${signal}` : `exit code ${code}`)))
  return {
    stop: () => {
      stopped = true
      child.kill('SIGKILL')
    },
  }
}

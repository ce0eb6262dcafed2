import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Command } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { traceCommand } from './run-command.ts'

/** Most characters of standard error in the reason for an end. */
const maxErrorCharacters = 300

/** See `CommandReader.follow`. With `setpriv --pdeathsig` the kernel kills the program when this process ends. Else it would live until its next line. */
export function follow(
  command: Command,
  onLine: (line: string) => void,
  onEnd: (reason: string) => void,
): { stop(): void } {
  traceCommand(command)
  let stopped = false
  let errors = ''
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command.program, ...command.args], {
    cwd: '/',
    env: { PATH: safePath, LC_ALL: 'C', ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = (reason: string): void => {
    if (!stopped) onEnd(reason)
    stopped = true
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!stopped) onLine(line)
  })
  child.stderr.on('data', (text: Buffer) => {
    errors = `${errors}${text}`.slice(-maxErrorCharacters)
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

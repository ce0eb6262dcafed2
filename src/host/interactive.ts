import { spawn } from 'node:child_process'

/** Runs a program on this process's own terminal and answers its exit code, 128 + number for a signal. */
export function interactive(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: 'inherit' })
    const ignore = (): void => undefined
    // Ctrl-C is for the program inside; it reaches it through the terminal.
    process.on('SIGINT', ignore)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore)
      resolve(code ?? 128 + (signal === null ? 0 : signalNumber(signal)))
    })
  })
}

const signalNumber = (name: NodeJS.Signals): number =>
  ({ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 })[name as 'SIGTERM'] ?? 0

import packageJson from '../../package.json' with { type: 'json' }
import { dropInherited } from '../host/local/processes/inherited.ts'
import { HeroPodsError } from '../model/errors.ts'

/** Runs a command line and returns the exit code. Modules are loaded when they are needed: loading is most of the time of a short command. */
async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') {
    process.stdout.write(`${packageJson.version}\n`)
    return 0
  }
  if (first === '__exited') {
    const { exited } = await import('./commands/containers/exited.ts')
    return exited(argv.slice(1))
  }
  if (first === '__remove-ended') {
    const { removeEnded } = await import('./commands/containers/run/remove-ended.ts')
    return removeEnded(argv.slice(1))
  }
  if (first === '__complete') return (await import('./completion/complete.ts')).complete(argv.slice(1))
  const { runProgram } = await import('./program/program.ts')
  return runProgram(argv)
}

dropInherited()

/** Commands that finish their work even if their output cannot be written. */
const changesHost = 'apply destroy rollback run start stop restart rm volume image instance refresh watch'.split(' ')

const unwritableError = (error: Error): HeroPodsError =>
  new HeroPodsError({
    code: 'output-unwritable',
    message: `Standard output cannot be written: ${error.message}.`,
    hint: 'Redirect it to another file, or free space on that disk.',
  })

/** Prints an error that no command handled and returns the exit code. The module for errors may be the one that cannot be loaded. */
async function report(error: unknown): Promise<number> {
  try {
    const { reportError: tellError } = await import('./terminal.ts')
    return tellError(error, { json: process.argv.includes('--json') })
  } catch {
    process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`)
    return 1
  }
}

const fail = async (error: unknown): Promise<never> => process.exit(await report(error))

process.on('uncaughtException', (error) => void fail(error))
let outputLost = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (outputLost) return
  outputLost = true
  // A reader that closes the pipe early (`| head`) is not an error.
  const closed = error.code === 'EPIPE'
  if (!changesHost.includes(process.argv[2] ?? '')) {
    if (closed) process.exit(0)
    void fail(unwritableError(error))
  } else if (!closed) {
    // The run continues without output; its exit code shows that output was lost.
    void report(unwritableError(error))
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  }
})
// Without standard error only the exit code can report a failure.
process.stderr.on('error', () => undefined)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  await fail(error)
}

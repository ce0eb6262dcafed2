import packageJson from '../../package.json' with { type: 'json' }
import { dropInherited } from '../host/process/inherited.ts'
import { HeroPodsError } from '../model/errors.ts'

/** Answers the exit code. What a command does not need is not even loaded: most of a short command's time is loading. */
async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') {
    process.stdout.write(`${packageJson.version}\n`)
    return 0
  }
  if (first === '__exited') {
    const { exited } = await import('./commands/exited.ts')
    return exited(argv.slice(1))
  }
  const { runProgram } = await import('./program.ts')
  return runProgram(argv)
}

dropInherited()

/** Commands that finish what they have begun, whoever listens. */
const changesHost = 'apply destroy rollback start stop restart rm volume image instance refresh watch'.split(' ')

const unwritable = (error: Error): HeroPodsError =>
  new HeroPodsError({
    code: 'output-unwritable',
    message: `Standard output cannot be written: ${error.message}.`,
    hint: 'Let it go somewhere else, or make room there.',
  })

/** Says what went wrong where no command could, and answers the exit code. The words need a module, which may be what cannot be opened. */
async function say(error: unknown): Promise<number> {
  try {
    const { tellError } = await import('./context.ts')
    return tellError(error, { json: process.argv.includes('--json') })
  } catch {
    process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`)
    return 1
  }
}

const fail = async (error: unknown): Promise<never> => process.exit(await say(error))

process.on('uncaughtException', (error) => void fail(error))
let outputLost = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (outputLost) return
  outputLost = true
  // A reader that has seen enough (`| head`) is not an error.
  const enough = error.code === 'EPIPE'
  if (!changesHost.includes(process.argv[2] ?? '')) {
    if (enough) process.exit(0)
    void fail(unwritable(error))
  } else if (!enough) {
    // Half a run helps nobody: it goes on unheard, and its exit code says that something is missing.
    void say(unwritable(error))
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  }
})
// Where nothing can be said any more, the exit code is what is left.
process.stderr.on('error', () => undefined)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  await fail(error)
}

import packageJson from '../../package.json' with { type: 'json' }
import { dropInherited } from '../host/inherited.ts'

/** Answers the exit code. What a command does not need is not even loaded: most of a short command's time is loading. */
async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === '--version' || first === '-V') {
    process.stdout.write(`${packageJson.version}\n`)
    return 0
  }
  if (first === '__exited') {
    const { exited } = await import('./exited-command.ts')
    return exited(argv.slice(1))
  }
  const { runProgram } = await import('./program.ts')
  return runProgram(argv)
}

dropInherited()

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await main(process.argv.slice(2))

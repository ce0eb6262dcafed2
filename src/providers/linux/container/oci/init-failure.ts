import { withoutInit } from './config.ts'

/** The line of catatonit for a program that it cannot execute. */
const failedExec = /^ERROR \(catatonit:\d+\): failed to exec pid1: (.+)$/

const notFound = 'No such file or directory'

/**
 * Why the init program could not start the program of a container, as the end of a sentence whose subject is the container; undefined: it
 * did start it. `args`: program and arguments of the process. `lines`: its output. Pure.
 */
export function notStartedText(args: readonly string[], lines: readonly string[]): string | undefined {
  const own = withoutInit(args)
  const [, reason] = failedExec.exec(lines.at(-1)?.trim() ?? '') ?? []
  if (own === args || reason === undefined) return undefined
  const [program = ''] = own
  return `could not start the program ${JSON.stringify(program)}: ${reason === notFound ? missingText(program) : reason}`
}

const missingText = (program: string): string =>
  program.includes('/')
    ? 'the image does not have this file, or not the interpreter in its first line (`#!`)'
    : 'no folder of `PATH` has this file, or its interpreter (`#!`) is missing'

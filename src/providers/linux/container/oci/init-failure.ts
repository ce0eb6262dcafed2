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
  const reason = failureIn(lines)
  if (own === args || reason === undefined) return undefined
  const [program = ''] = own
  return `could not start the program ${JSON.stringify(program)}: ${reason === notFound ? missingText(program) : reason}`
}

/** True if the last line is that of an init program that could not start the program. Pure. */
export const isInitFailure = (lines: readonly string[]): boolean => failureIn(lines) !== undefined

const failureIn = (lines: readonly string[]): string | undefined => failedExec.exec(lines.at(-1)?.trim() ?? '')?.[1]

const missingText = (program: string): string =>
  program.includes('/')
    ? 'the image does not have this file, or not the interpreter in its first line (`#!`)'
    : 'no folder of `PATH` has this file, or its interpreter (`#!`) is missing'

import type { Command } from '../host.ts'
import { type OutputResult, readOutput } from './read-output.ts'

/** A line longer than this is nothing that a program means to tell, characters. */
const longestLine = 64 * 1024

/** The output of a program line by line, its bytes as characters. It is ended where `onLine` answers false, and at a line without end. */
export function readLines(command: Command, onLine: (line: string) => boolean): Promise<OutputResult> {
  let rest = ''
  return readOutput(command, (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    return lines.every(onLine) && rest.length <= longestLine
  })
}

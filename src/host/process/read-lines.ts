import type { Command, StreamResult } from '../contract/commands.ts'
import type { HostReader } from '../host.ts'

/** A longer line is not valid output, characters. */
const maxLineCharacters = 64 * 1024

/** Reads the output of a program line by line, one character a byte. Ends the program if `onLine` returns false or a line is too long. */
export function readLines(
  host: HostReader,
  command: Command,
  onLine: (line: string) => boolean,
): Promise<StreamResult> {
  let rest = ''
  return host.stream(command, (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    return lines.every(onLine) && rest.length <= maxLineCharacters
  })
}

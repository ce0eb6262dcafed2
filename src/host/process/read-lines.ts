import type { Command, StreamResult } from '../contract/commands.ts'
import type { HostReader } from '../host.ts'

/** A longer line is not valid output, characters. */
const longestLine = 64 * 1024

/** The output of a program line by line, one character a byte. The program is ended when `onLine` answers false, and at a line that is too long. */
export function readLines(
  host: HostReader,
  command: Command,
  onLine: (line: string) => boolean,
): Promise<StreamResult> {
  let rest = ''
  return host.stream(command, (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    return lines.every(onLine) && rest.length <= longestLine
  })
}

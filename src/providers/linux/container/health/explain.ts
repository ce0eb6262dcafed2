import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { lastLines, quoted } from '../process/logs.ts'
import { readRunning } from '../record.ts'
import { readOutput } from './record.ts'

const maxLines = 10

/** The last lines of the output of a container's check, else of its log, indented, for a message. */
export async function lastOutput(
  read: Pick<ReadContext, 'host' | 'paths'>,
  container: ResourceAddress,
): Promise<string> {
  const running = await readRunning(read.host, read.paths, container)
  const said = running && (await readOutput(read, running.id))?.trimEnd()
  const lines = said ? said.split('\n').slice(-maxLines) : await lastLines(read.host, read.paths, container, maxLines)
  return quoted(lines)
}

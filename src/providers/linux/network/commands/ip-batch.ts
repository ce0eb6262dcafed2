import type { Command } from '../../../../host/host.ts'
import type { WriteContext } from '../../../provider.ts'
import { safeLine } from './safe-line.ts'

/** Runs lines of `ip` in one process. `-force` goes on after a bad one: what came of each is read back, not guessed from the exit code. */
export async function ipBatch(write: WriteContext, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const input = `${lines.map(safeLine).join('\n')}\n`
  await write.host.attempt({ program: 'ip', args: ['-force', '-batch', '-'], input, ...lockOf(write) }, write.signal)
}

/** What a child that takes addresses or ports of the host inherits: they stay locked until it has ended, also when we are killed. */
export const lockOf = ({ networkLock }: WriteContext): Pick<Command, 'descriptors'> =>
  networkLock?.descriptor === undefined ? {} : { descriptors: [networkLock.descriptor] }

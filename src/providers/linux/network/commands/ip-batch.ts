import type { Command } from '../../../../host/host.ts'
import type { WriteContext } from '../../../provider.ts'
import { safeLine } from './safe-line.ts'

/**
 * Runs lines of `ip` in one process, which inherits `descriptors` as 3, 4 ... With `-force` it continues after an error; callers read the
 * results back from the host.
 */
export async function ipBatch(
  write: WriteContext,
  lines: readonly string[],
  descriptors: readonly number[] = [],
): Promise<void> {
  if (lines.length === 0) return
  const input = `${lines.map(safeLine).join('\n')}\n`
  const inherited = [...descriptors, ...(networkLockDescriptor(write).descriptors ?? [])]
  await write.host.attempt(
    { program: 'ip', args: ['-force', '-batch', '-'], input, descriptors: inherited },
    write.abortSignal,
  )
}

/** The lock for a child that takes addresses or ports of the host: they stay locked until it has ended, even if this process is killed. */
export const networkLockDescriptor = ({ networkLock }: WriteContext): Pick<Command, 'descriptors'> =>
  networkLock?.descriptor === undefined ? {} : { descriptors: [networkLock.descriptor] }
